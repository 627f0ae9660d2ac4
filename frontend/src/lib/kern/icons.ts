/** Line icons of our own, 24 x 24, drawn with a 1.75 stroke. Decoration only: the text beside them says the same. */
export const icons = {
	search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm4.8-1.7L21 21',
	arrow: 'M4 12h15m-6-6 6 6-6 6',
	back: 'M20 12H5m6 6-6-6 6-6',
	up: 'M12 20V5m-6 6 6-6 6 6',
	external: 'M9 5H5v14h14v-4M13 4h7v7m0-7-9 9',
	info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-10v5.5m0-8.6v.1',
	success: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm-4-9 3 3 5.5-6',
	warning: 'M12 3.5 2.5 20h19L12 3.5Zm0 6v5m0 2.6v.1',
	danger: 'M8 3h8l5 5v8l-5 5H8l-5-5V8l5-5Zm4 4.5v5.5m0 3v.1',
	check: 'm4.5 12.5 5 5 10-11',
	clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.5 2',
	euro: 'M18 6.5A7 7 0 1 0 18 17.5M4 10.5h9M4 13.5h8',
	pin: 'M12 21.5s7-6.6 7-12a7 7 0 1 0-14 0c0 5.4 7 12 7 12Zm0-9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
	phone: 'M6 3h3l2 5-2.5 1.8a12 12 0 0 0 5.7 5.7L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3Z',
	mail: 'M3.5 5.5h17v13h-17v-13Zm0 .5L12 13l8.5-7',
	document: 'M6 3h8l5 5v13H6V3Zm8 0v5h5M9.5 13h6m-6 4h6',
	calendar: 'M4 6h16v14H4V6Zm0 4.5h16M8.5 3v4m7-4v4',
	person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 9c.5-4.5 3.5-7 8-7s7.5 2.5 8 7',
	laptop: 'M5 5h14v10H5V5ZM2.5 18.5h19',
	menu: 'M4 7h16M4 12h16M4 17h16',
	close: 'm6 6 12 12M18 6 6 18',
	print: 'M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7v-7Z',
	globe: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm-8.5-9h17M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9S9 6 12 3Z'
} as const;

export type IconName = keyof typeof icons;
