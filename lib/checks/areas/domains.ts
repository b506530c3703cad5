import { type Rule } from '../rule';
import { rule as DOM1 } from '../rules/domains/DOM1-tls-1-2';
import { rule as DOM2 } from '../rules/domains/DOM2-v2-domain-regional-tls-1-2';
import { rule as DOM3 } from '../rules/domains/DOM3-policy-matches-access-mode';
import { rule as DOM4 } from '../rules/domains/DOM4-mutual-tls-policy';
import { rule as DOM5 } from '../rules/domains/DOM5-policy-matches-endpoint-type';
import { rule as DOM6 } from '../rules/domains/DOM6-mutual-tls-requirements';
import { rule as DOM7 } from '../rules/domains/DOM7-mutual-tls-default-endpoint';
import { rule as DOM8 } from '../rules/domains/DOM8-trust-store-version';
import { rule as DOM9 } from '../rules/domains/DOM9-ownership-certificate';
import { rule as DOM10 } from '../rules/domains/DOM10-edge-certificate-region';
import { rule as DOM11 } from '../rules/domains/DOM11-regional-certificate-region';
import { rule as DOM12 } from '../rules/domains/DOM12-certificate-property';
import { rule as DOM13 } from '../rules/domains/DOM13-lowercase-name';
import { rule as DOM14 } from '../rules/domains/DOM14-websocket-domain-not-shared';
import { rule as DOM15 } from '../rules/domains/DOM15-base-path-valid';
import { rule as DOM16 } from '../rules/domains/DOM16-default-endpoint-disabled';
import { rule as DOM17 } from '../rules/domains/DOM17-some-endpoint-enabled';
import { rule as DOM18 } from '../rules/domains/DOM18-routing-rules-valid';
import { rule as DOM19 } from '../rules/domains/DOM19-post-quantum-policy';
import { rule as DOM20 } from '../rules/domains/DOM20-no-mutual-tls-for-websocket';
import { rule as DOM21 } from '../rules/domains/DOM21-routing-rule-quota';
import { rule as DOM22 } from '../rules/domains/DOM22-edge-alias-target-health';
import { rule as DOM23 } from '../rules/domains/DOM23-name-syntax';
import { rule as DOM24 } from '../rules/domains/DOM24-certificate-of-acm';
import { rule as DOM25 } from '../rules/domains/DOM25-mapping-unique';
import { rule as DOM26 } from '../rules/domains/DOM26-domain-reference';
import { rule as DOM27 } from '../rules/domains/DOM27-access-association-source';
import { rule as DOM28 } from '../rules/domains/DOM28-alias-zone-of-its-name';

/** The rules of custom domains and mappings. */
export const DOMAINS_RULES: readonly Rule[] = [
  DOM1,
  DOM2,
  DOM3,
  DOM4,
  DOM5,
  DOM6,
  DOM7,
  DOM8,
  DOM9,
  DOM10,
  DOM11,
  DOM12,
  DOM13,
  DOM14,
  DOM15,
  DOM16,
  DOM17,
  DOM18,
  DOM19,
  DOM20,
  DOM21,
  DOM22,
  DOM23,
  DOM24,
  DOM25,
  DOM26,
  DOM27,
  DOM28,
];
