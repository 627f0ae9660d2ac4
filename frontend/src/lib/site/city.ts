/** What a city calls itself here. Set by environment, so one build serves any city. Server only. */
export interface City {
	name: string;
	/** Shows in the footer that this is a demonstration and not an offer of the city. */
	isDemo: boolean;
}

export const city = (): City => ({
	name: process.env.CITY_NAME ?? 'Jena',
	isDemo: (process.env.CITY_DEMO ?? '1') !== '0'
});
