import type { Service } from '#lib/api/types';

/** A service as schema.org GovernmentService, so that search engines can say who offers it and where to apply. */
export function serviceData(service: Service, origin: string): Record<string, unknown> {
	const offersOnline = service.channels.some((channel) => channel.kind === 'online_form');
	return {
		'@context': 'https://schema.org',
		'@type': 'GovernmentService',
		name: service.title,
		alternateName: service.official_name || undefined,
		description: service.teaser,
		inLanguage: service.lang,
		identifier: service.keys,
		serviceOperator: service.unit && { '@type': 'GovernmentOrganization', name: service.unit.name },
		availableChannel: offersOnline
			? [{ '@type': 'ServiceChannel', serviceUrl: `${origin}/leistungen/${service.slug}/check` }]
			: undefined
	};
}
