/** Strokes of a pen as a path of SVG: `M12 80 15 76M40 20 44 25`, whole numbers within the area, no longer than allowed. */

export interface Size {
	width: number;
	height: number;
	/** Characters the whole path may have. */
	longest: number;
}

type Point = [number, number];

/** Points closer to each other than this add nothing that an eye would see. */
const STEP = 3;

const within = (value: number, most: number): number => Math.min(Math.max(Math.round(value), 0), most);

const placed = ([x, y]: Point, { width, height }: Size): Point => [within(x, width), within(y, height)];

const isTooLong = (path: string, { longest }: Size): boolean => path.length > longest;

/** A new stroke. It has two points from the start, so that a dot is seen. */
export function begin(path: string, point: Point, size: Size): string {
	const [x, y] = placed(point, size);
	const longer = `${path}M${x} ${y} ${x} ${y}`;
	return isTooLong(longer, size) ? path : longer;
}

/** The stroke goes on; what is too near is left out, and a path that is as long as it may be stays as it is. */
export function addPoint(path: string, point: Point, size: Size): string {
	const [x, y] = placed(point, size);
	const last = /(\d+) (\d+)$/.exec(path);
	if (!last || Math.hypot(x - Number(last[1]), y - Number(last[2])) < STEP) return path;
	const longer = `${path} ${x} ${y}`;
	return isTooLong(longer, size) ? path : longer;
}
