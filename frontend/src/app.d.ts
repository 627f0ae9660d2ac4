declare global {
	namespace App {
		interface Error {
			message: string;
			/** Set when the content service is away: the page says so and browsers may retry. */
			retryAfter?: number;
		}
		interface PageData {
			/** The group of routes is an area of its own with a header of its own. */
			isApart?: boolean;
			/** The conversation shown was unread until now. */
			isNew?: boolean;
		}
		interface Locals {
			locale: import('#lib/i18n').Locale;
		}
	}
}

export {};
