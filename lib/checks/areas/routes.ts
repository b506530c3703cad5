import { type Rule } from '../rule';
import { rule as REST_ROUTE1 } from '../rules/routes/REST-ROUTE1-route-defined-once';
import { rule as REST_ROUTE2 } from '../rules/routes/REST-ROUTE2-path-segment-one-resource';
import { rule as REST_ROUTE3 } from '../rules/routes/REST-ROUTE3-one-path-variable';
import { rule as ALL_ROUTE4 } from '../rules/routes/ALL-ROUTE4-greedy-variable-last';
import { rule as REST_ROUTE5 } from '../rules/routes/REST-ROUTE5-path-characters';
import { rule as V2_ROUTE6 } from '../rules/routes/V2-ROUTE6-http-route-key';
import { rule as V2_ROUTE7 } from '../rules/routes/V2-ROUTE7-route-key-unique';
import { rule as ALL_ROUTE8 } from '../rules/routes/ALL-ROUTE8-resource-quota';
import { rule as ALL_ROUTE9 } from '../rules/routes/ALL-ROUTE9-reserved-ping';
import { rule as V2_ROUTE10 } from '../rules/routes/V2-ROUTE10-target-of-same-api';
import { rule as WS_ROUTE12 } from '../rules/routes/WS-ROUTE12-websocket-route-selection';
import { rule as WS_ROUTE13 } from '../rules/routes/WS-ROUTE13-default-route';
import { rule as WS_ROUTE14 } from '../rules/routes/WS-ROUTE14-disconnect-route';
import { rule as WS_ROUTE15 } from '../rules/routes/WS-ROUTE15-route-response-key';
import { rule as WS_ROUTE16 } from '../rules/routes/WS-ROUTE16-api-key-source';
import { rule as HTTP_ROUTE17 } from '../rules/routes/HTTP-ROUTE17-http-route-selection';
import { rule as HTTP_ROUTE18 } from '../rules/routes/HTTP-ROUTE18-explicit-routes';
import { rule as ALL_ROUTE19 } from '../rules/routes/ALL-ROUTE19-dot-segments';

/** The rules of routes, resources and their paths. */
export const ROUTES_RULES: readonly Rule[] = [
  REST_ROUTE1,
  REST_ROUTE2,
  REST_ROUTE3,
  ALL_ROUTE4,
  REST_ROUTE5,
  V2_ROUTE6,
  V2_ROUTE7,
  ALL_ROUTE8,
  ALL_ROUTE9,
  V2_ROUTE10,
  WS_ROUTE12,
  WS_ROUTE13,
  WS_ROUTE14,
  WS_ROUTE15,
  WS_ROUTE16,
  HTTP_ROUTE17,
  HTTP_ROUTE18,
  ALL_ROUTE19,
];
