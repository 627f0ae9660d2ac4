/** Shapes of the read API (`/api/v1/{locale}/...`) as the pages use them. `html` fields are cleaned on the server. */

export interface Localised {
	locale: string;
	/** The language the text really is in; differs from `locale` where nobody has translated it yet. */
	lang: string;
	/** Names of the fields that fell back to German; `*` is the whole document. */
	untranslated: string[];
}

export interface Link {
	title: string;
	url: string;
}

export interface UnitRef {
	slug: string;
	name: string;
}

export interface UnitCard extends UnitRef {
	key?: string;
	email?: string | null;
	phone?: string | null;
	url?: string;
}

export interface ServiceCard {
	slug: string;
	title: string;
	teaser: string;
	online: boolean;
	status: ServiceState;
	life_situations: string[];
	unit: UnitRef | null;
	lang: string;
	url: string;
}

export type ServiceState = 'available' | 'limited' | 'unavailable';

export interface ServiceList extends Localised {
	count: number;
	page: number;
	pages: number;
	items: ServiceCard[];
}

export interface RequiredDocument {
	title: string;
	note: string;
	original: boolean;
	required: boolean;
}

export interface ProcedureStep {
	title: string;
	text: string;
}

export interface Fee {
	kind: 'fixed' | 'range' | 'table' | 'formula' | 'free';
	label: string;
	amount?: string | null;
	amount_max?: string | null;
	currency?: string | null;
	rows?: { label: string; amount: string }[];
	text?: string | null;
	legal_basis?: string | null;
}

export interface Deadline {
	kind: string;
	label: string;
	amount?: number | null;
	unit?: string | null;
	date?: string | null;
	text?: string | null;
}

export interface ProcessingTime {
	min?: number | null;
	max?: number | null;
	unit?: string | null;
	text?: string | null;
}

export interface ContactPoint {
	lang?: string;
	name: string;
	purpose?: string | null;
	phone?: string | null;
	email?: string | null;
	hours_text?: string | null;
}

export interface Address {
	street: string;
	house_number: string;
	postcode: string;
	place: string;
}

export interface LocationCard {
	slug: string;
	name: string;
	address: Address;
	hours?: OpeningRules | null;
	phone?: string | null;
	url?: string;
}

export interface Channel {
	kind: 'online_form' | 'external_link' | 'on_site' | 'post' | 'phone';
	label?: string | null;
	text?: string | null;
	url?: string | null;
	form_key?: string | null;
	location?: LocationCard | null;
	address?: string | Address | null;
}

export interface FaqItem {
	slug: string;
	question: string;
	answer: string;
	lang?: string;
	services?: { slug: string; title: string }[];
}

/** One question with its own document; it exists as a draft only, published ones are in the list. */
export interface FaqPage extends Localised, FaqItem {
	type: 'faq';
	lang: string;
}

export interface Service extends Localised {
	type: 'service';
	id: number | string;
	slug: string;
	title: string;
	official_name: string;
	teaser: string;
	summary: string;
	description: string;
	audience: string | string[];
	prerequisites: string;
	prerequisite_items: string[];
	documents: RequiredDocument[];
	procedure: ProcedureStep[];
	fees: { text: string; items: Fee[] };
	deadlines: Deadline[];
	processing_time: ProcessingTime | null;
	legal_bases: Link[];
	notes: string;
	appeal: string;
	further: Link[];
	forms: Link[];
	keys: string[];
	unit: UnitCard | null;
	contact_points: ContactPoint[];
	channels: Channel[];
	status: { state: ServiceState; reason?: string | null; since?: string | null; expected_until?: string | null };
	keywords: string[];
	life_situations: { slug: string; title: string }[];
	related: ServiceCard[];
	faq: FaqItem[];
	review_date?: string | null;
	updated_at?: string | null;
	translations?: Record<string, string>;
}

/** Weekly hours, exceptions and public holidays of a place, in its own time zone. Monday is 0. */
export interface OpeningRules {
	timezone: string;
	regular: { weekday: number; from: string; to: string; note?: string | null }[];
	exceptions: {
		from: string;
		to: string;
		state: 'closed' | 'open';
		spans?: { from: string; to: string }[];
		reason?: string | null;
	}[];
	holidays: { date: string; name: string }[];
	days?: unknown[];
}

export interface Place extends Localised {
	type: 'location';
	slug: string;
	name: string;
	description?: string | null;
	address: Address;
	geo?: { lat: number | string; lon: number | string } | null;
	phone?: string | null;
	email?: string | null;
	accessibility: { key: string; label: string; state: 'yes' | 'partly' | 'no'; note?: string | null }[];
	transit?: string | null;
	hours: OpeningRules | null;
	services?: ServiceCard[];
	units?: UnitCard[];
}

export interface LifeSituation {
	slug: string;
	title: string;
	teaser?: string;
	icon?: string;
	count?: number;
	lang?: string;
}

export interface LifeSituationPage extends LifeSituation, Localised {
	type: 'life_situation';
	lang: string;
	intro?: string;
	text?: string;
	services: ServiceCard[];
	faq?: FaqItem[];
}

export interface Unit extends Localised {
	type: 'unit';
	tasks?: string[];
	slug: string;
	key: string;
	name: string;
	description: string;
	email?: string | null;
	phone?: string | null;
	locations: LocationCard[];
	services: ServiceCard[];
	parent: UnitRef | null;
	contact_points?: ContactPoint[];
}

export type ContentBlock =
	| { type: 'text'; html: string }
	| { type: 'notice'; kind: 'info' | 'warning'; title: string; html: string }
	| { type: 'links'; items: Link[] };

export interface ContentPage extends Localised {
	type: 'page';
	title: string;
	teaser: string;
	body: ContentBlock[];
	translations?: Record<string, string>;
}

/** A draft as the preview shows it: the document of the page or snippet that an editor has open. */
export type Draft = Service | ContentPage | Home | Place | Unit | LifeSituationPage | FaqPage;

export interface Home extends Localised {
	type: 'home';
	title: string;
	claim: string;
	intro: string;
	featured: ServiceCard[];
	life_situations: LifeSituation[];
	/** `text` is rich text. */
	hint?: { title: string; text: string } | null;
}

export interface SearchHit {
	kind: 'service' | 'faq' | 'location' | 'page';
	title: string;
	teaser: string;
	url: string;
	score?: number;
	lang?: string;
}

export interface SearchAnswer extends Localised {
	q: string;
	items: SearchHit[];
	confident: boolean;
	suggestions: { units?: UnitRef[]; life_situations?: LifeSituation[] };
}

export interface Items<T> extends Localised {
	items: T[];
}

/** RFC 9457, with the list of field errors our API adds. */
export interface ProblemDetails {
	type?: string;
	title?: string;
	status: number;
	detail?: string;
	errors?: { path: string; code: string; message: string }[];
}
