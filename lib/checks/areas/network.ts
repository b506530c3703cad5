import { type Rule } from '../rule';
import { rule as REST_NET1 } from '../rules/network/REST-NET1-private-api-policy';
import { rule as REST_NET2 } from '../rules/network/REST-NET2-private-policy-names-endpoints';
import { rule as REST_NET3 } from '../rules/network/REST-NET3-vpc-endpoints-private-only';
import { rule as REST_NET4 } from '../rules/network/REST-NET4-private-dual-stack';
import { rule as REST_NET5 } from '../rules/network/REST-NET5-private-vpc-endpoint-association';
import { rule as REST_NET6 } from '../rules/network/REST-NET6-endpoint-type-stated';
import { rule as REST_NET7 } from '../rules/network/REST-NET7-private-domain';
import { rule as ALL_NET8 } from '../rules/network/ALL-NET8-features-of-region';
import { rule as REST_NET9 } from '../rules/network/REST-NET9-one-endpoint-type';
import { rule as REST_TLS1 } from '../rules/network/REST-TLS1-default-endpoint-tls-1-2';
import { rule as REST_WAF1 } from '../rules/network/REST-WAF1-public-stage-web-acl';
import { rule as V2_WAF2 } from '../rules/network/V2-WAF2-no-web-acl';
import { rule as REST_WAF3 } from '../rules/network/REST-WAF3-web-acl-scope';
import { rule as REST_WAF4 } from '../rules/network/REST-WAF4-known-bad-inputs';
import { rule as REST_WAF5 } from '../rules/network/REST-WAF5-no-credentials-in-web-acl-log';
import { rule as REST_WAF6 } from '../rules/network/REST-WAF6-web-acl-log-name';
import { rule as REST_WAF70 } from '../rules/network/REST-WAF70-web-acl-target';
import { rule as REST_SSL1 } from '../rules/network/REST-SSL1-client-certificate';
import { rule as REST_SSL2 } from '../rules/network/REST-SSL2-client-certificate-renewed';
import { rule as HTTP_SSL3 } from '../rules/network/HTTP-SSL3-no-client-certificate';

/** The rules of endpoints, TLS, firewalls and certificates. */
export const NETWORK_RULES: readonly Rule[] = [
  REST_NET1,
  REST_NET2,
  REST_NET3,
  REST_NET4,
  REST_NET5,
  REST_NET6,
  REST_NET7,
  ALL_NET8,
  REST_NET9,
  REST_TLS1,
  REST_WAF1,
  V2_WAF2,
  REST_WAF3,
  REST_WAF4,
  REST_WAF5,
  REST_WAF6,
  REST_WAF70,
  REST_SSL1,
  REST_SSL2,
  HTTP_SSL3,
];
