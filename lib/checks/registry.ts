import { AUTHORIZATION_RULES } from './areas/authorization';
import { CACHING_RULES } from './areas/caching';
import { CORS_RULES } from './areas/cors';
import { DEPLOYMENT_RULES } from './areas/deployment';
import { DOMAINS_RULES } from './areas/domains';
import { INTEGRATIONS_RULES } from './areas/integrations';
import { LOGGING_RULES } from './areas/logging';
import { NETWORK_RULES } from './areas/network';
import { OPENAPI_RULES } from './areas/openapi';
import { ROUTES_RULES } from './areas/routes';
import { TEMPLATES_RULES } from './areas/templates';
import { THROTTLING_RULES } from './areas/throttling';
import { VALIDATION_RULES } from './areas/validation';
import { VALUES_RULES } from './areas/values';
import { type Rule } from './rule';

/** Every rule, by area; a rule that is not listed here does not run. */
export const RULES_BY_AREA: Readonly<Record<string, readonly Rule[]>> = {
  authorization: AUTHORIZATION_RULES,
  logging: LOGGING_RULES,
  throttling: THROTTLING_RULES,
  caching: CACHING_RULES,
  cors: CORS_RULES,
  integrations: INTEGRATIONS_RULES,
  routes: ROUTES_RULES,
  validation: VALIDATION_RULES,
  deployment: DEPLOYMENT_RULES,
  network: NETWORK_RULES,
  domains: DOMAINS_RULES,
  openapi: OPENAPI_RULES,
  values: VALUES_RULES,
  templates: TEMPLATES_RULES,
};

export const RULES: readonly Rule[] = Object.values(RULES_BY_AREA).flat();
