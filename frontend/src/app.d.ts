declare global {
	namespace App {
		interface Error {
			message: string;
			/** Set when the content service is away: the page says so and browsers may retry. */
			retryAfter?: number;
		}
		interface Locals {
			locale: import('#lib/i18n').Locale;
		}
	}
}

export {};
