import { type Rule } from '../rule';
import { rule as REST_ROUTE1 } from '../rules/routes/REST-ROUTE1';
import { rule as REST_ROUTE2 } from '../rules/routes/REST-ROUTE2';
import { rule as REST_ROUTE3 } from '../rules/routes/REST-ROUTE3';
import { rule as ALL_ROUTE4 } from '../rules/routes/ALL-ROUTE4';
import { rule as REST_ROUTE5 } from '../rules/routes/REST-ROUTE5';
import { rule as V2_ROUTE6 } from '../rules/routes/V2-ROUTE6';
import { rule as V2_ROUTE7 } from '../rules/routes/V2-ROUTE7';
import { rule as ALL_ROUTE8 } from '../rules/routes/ALL-ROUTE8';
import { rule as ALL_ROUTE9 } from '../rules/routes/ALL-ROUTE9';
import { rule as V2_ROUTE10 } from '../rules/routes/V2-ROUTE10';
import { rule as WS_ROUTE12 } from '../rules/routes/WS-ROUTE12';
import { rule as WS_ROUTE13 } from '../rules/routes/WS-ROUTE13';
import { rule as WS_ROUTE14 } from '../rules/routes/WS-ROUTE14';
import { rule as WS_ROUTE15 } from '../rules/routes/WS-ROUTE15';
import { rule as WS_ROUTE16 } from '../rules/routes/WS-ROUTE16';
import { rule as HTTP_ROUTE17 } from '../rules/routes/HTTP-ROUTE17';
import { rule as HTTP_ROUTE18 } from '../rules/routes/HTTP-ROUTE18';
import { rule as ALL_ROUTE19 } from '../rules/routes/ALL-ROUTE19';

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
