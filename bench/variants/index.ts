import { type Variant } from '../variant';

/** The same plain API in each way. */
export const PLAIN = ['empty', 'l1-body', 'l2', 'gateway'] as const;

/** The same rich API in each way; the L2 is left out, since it stops long before. */
export const RICH = ['rich-l1-body', 'rich-gateway'] as const;

/** The same HTTP API in each way. */
export const HTTP = ['http-l1-body', 'http-l2', 'http-gateway'] as const;

/** The same large API: in the template by hand, and as an asset. */
export const LARGE = ['l1-body', 'asset-gateway'] as const;

export const VARIANTS = [...PLAIN, ...HTTP, ...RICH, 'asset-gateway'] as const;

export type VariantName = (typeof VARIANTS)[number];

/** Loads the one variant, so that a process pays for no other. */
export function load(name: VariantName): Variant {
  switch (name) {
    case 'empty':
      return (require('./empty') as { empty: Variant }).empty;
    case 'l1-body':
      return (require('./l1-body') as { l1Body: Variant }).l1Body;
    case 'l2':
      return (require('./l2') as { l2: Variant }).l2;
    case 'gateway':
      return (require('./gateway') as { gateway: Variant }).gateway;
    case 'asset-gateway':
      return (require('./gateway') as { assetGateway: Variant }).assetGateway;
    case 'http-l1-body':
      return (require('./http-l1-body') as { httpL1Body: Variant }).httpL1Body;
    case 'http-l2':
      return (require('./http-l2') as { httpL2: Variant }).httpL2;
    case 'http-gateway':
      return (require('./http-gateway') as { httpGateway: Variant }).httpGateway;
    case 'rich-l1-body':
      return (require('./rich-l1-body') as { richL1Body: Variant }).richL1Body;
    case 'rich-gateway':
      return (require('./rich-gateway') as { richGateway: Variant }).richGateway;
  }
}
