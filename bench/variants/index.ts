import { type Variant } from '../variant';

export const VARIANTS = ['empty', 'l1-body', 'l2', 'gateway', 'http-l1-body', 'http-l2', 'http-gateway'] as const;

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
    case 'http-l1-body':
      return (require('./http-l1-body') as { httpL1Body: Variant }).httpL1Body;
    case 'http-l2':
      return (require('./http-l2') as { httpL2: Variant }).httpL2;
    case 'http-gateway':
      return (require('./http-gateway') as { httpGateway: Variant }).httpGateway;
  }
}
