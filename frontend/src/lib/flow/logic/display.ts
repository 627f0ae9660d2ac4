/** A calculated number as the server writes it for people. */
import { plain } from './decimal.ts';
import { isDecimal, type Value } from './values.ts';

/** `1.234,50 €` in German, `€1,234.50` in English; empty where there is no value, undefined where only the server can say. */
export function display({ value, result }: { value?: Value; result?: string }, isEnglish: boolean): string | undefined {
	if (!isDecimal(value)) return value === undefined ? '' : undefined;
	const [digits = '', fraction = ''] = plain(value).replace('-', '').split('.');
	const [group, point] = isEnglish ? [',', '.'] : ['.', ','];
	const places = fraction.padEnd(result === 'money' ? 2 : 0, '0');
	const amount = digits.replace(/\B(?=(\d{3})+$)/g, group) + (places && point + places);
	const sign = value.digits < 0n ? '−' : '';
	if (result !== 'money') return sign + amount;
	return isEnglish ? `${sign}€${amount}` : `${sign}${amount} €`;
}
