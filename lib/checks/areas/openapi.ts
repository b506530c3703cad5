import { type Rule } from '../rule';
import { rule as OAS1 } from '../rules/openapi/OAS1-operation-security';
import { rule as OAS2 } from '../rules/openapi/OAS2-security-enforced';
import { rule as OAS3 } from '../rules/openapi/OAS3-supported-features';
import { rule as OAS4 } from '../rules/openapi/OAS4-definition-size';
import { rule as OAS5 } from '../rules/openapi/OAS5-operation-integration';
import { rule as OAS6 } from '../rules/openapi/OAS6-required-parameters-validated';
import { rule as OAS7 } from '../rules/openapi/OAS7-back-end-certificate-verified';

/** The rules of OpenAPI documents. */
export const OPENAPI_RULES: readonly Rule[] = [OAS1, OAS2, OAS3, OAS4, OAS5, OAS6, OAS7];
