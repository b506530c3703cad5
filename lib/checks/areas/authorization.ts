import { type Rule } from '../rule';
import { rule as ALL_AUTH1 } from '../rules/authorization/ALL-AUTH1';
import { rule as REST_AUTH2 } from '../rules/authorization/REST-AUTH2';
import { rule as HTTP_AUTH3 } from '../rules/authorization/HTTP-AUTH3';
import { rule as WS_AUTH4 } from '../rules/authorization/WS-AUTH4';
import { rule as WS_AUTH5 } from '../rules/authorization/WS-AUTH5';
import { rule as WS_AUTH6 } from '../rules/authorization/WS-AUTH6';
import { rule as ALL_AUTH7 } from '../rules/authorization/ALL-AUTH7';
import { rule as ALL_AUTH8 } from '../rules/authorization/ALL-AUTH8';
import { rule as ALL_AUTH9 } from '../rules/authorization/ALL-AUTH9';
import { rule as REST_AUTH10 } from '../rules/authorization/REST-AUTH10';
import { rule as REST_AUTH11 } from '../rules/authorization/REST-AUTH11';
import { rule as HTTP_AUTH12 } from '../rules/authorization/HTTP-AUTH12';
import { rule as ALL_AUTH13 } from '../rules/authorization/ALL-AUTH13';
import { rule as HTTP_AUTH14 } from '../rules/authorization/HTTP-AUTH14';
import { rule as REST_AUTH15 } from '../rules/authorization/REST-AUTH15';
import { rule as HTTP_AUTH16 } from '../rules/authorization/HTTP-AUTH16';
import { rule as HTTP_AUTH17 } from '../rules/authorization/HTTP-AUTH17';
import { rule as HTTP_AUTH18 } from '../rules/authorization/HTTP-AUTH18';
import { rule as HTTP_AUTH19 } from '../rules/authorization/HTTP-AUTH19';
import { rule as HTTP_AUTH20 } from '../rules/authorization/HTTP-AUTH20';
import { rule as ALL_AUTH21 } from '../rules/authorization/ALL-AUTH21';
import { rule as ALL_AUTH22 } from '../rules/authorization/ALL-AUTH22';
import { rule as REST_AUTH23 } from '../rules/authorization/REST-AUTH23';
import { rule as V2_AUTH25 } from '../rules/authorization/V2-AUTH25';
import { rule as REST_AUTH26 } from '../rules/authorization/REST-AUTH26';
import { rule as ALL_AUTH27 } from '../rules/authorization/ALL-AUTH27';
import { rule as REST_AUTH28 } from '../rules/authorization/REST-AUTH28';
import { rule as REST_AUTH29 } from '../rules/authorization/REST-AUTH29';
import { rule as ALL_AUTH30 } from '../rules/authorization/ALL-AUTH30';
import { rule as ALL_AUTH31 } from '../rules/authorization/ALL-AUTH31';
import { rule as ALL_AUTH32 } from '../rules/authorization/ALL-AUTH32';
import { rule as ALL_AUTH33 } from '../rules/authorization/ALL-AUTH33';
import { rule as ALL_AUTH34 } from '../rules/authorization/ALL-AUTH34';
import { rule as REST_KEY1 } from '../rules/authorization/REST-KEY1';
import { rule as REST_KEY2 } from '../rules/authorization/REST-KEY2';
import { rule as REST_KEY3 } from '../rules/authorization/REST-KEY3';
import { rule as REST_KEY4 } from '../rules/authorization/REST-KEY4';
import { rule as REST_KEY5 } from '../rules/authorization/REST-KEY5';
import { rule as REST_KEY6 } from '../rules/authorization/REST-KEY6';
import { rule as REST_KEY7 } from '../rules/authorization/REST-KEY7';
import { rule as ALL_IAM1 } from '../rules/authorization/ALL-IAM1';
import { rule as ALL_IAM2 } from '../rules/authorization/ALL-IAM2';
import { rule as WS_IAM3 } from '../rules/authorization/WS-IAM3';

/** The rules of who may call an API: authorizers, keys, policies of IAM. */
export const AUTHORIZATION_RULES: readonly Rule[] = [
  ALL_AUTH1,
  REST_AUTH2,
  HTTP_AUTH3,
  WS_AUTH4,
  WS_AUTH5,
  WS_AUTH6,
  ALL_AUTH7,
  ALL_AUTH8,
  ALL_AUTH9,
  REST_AUTH10,
  REST_AUTH11,
  HTTP_AUTH12,
  ALL_AUTH13,
  HTTP_AUTH14,
  REST_AUTH15,
  HTTP_AUTH16,
  HTTP_AUTH17,
  HTTP_AUTH18,
  HTTP_AUTH19,
  HTTP_AUTH20,
  ALL_AUTH21,
  ALL_AUTH22,
  REST_AUTH23,
  V2_AUTH25,
  REST_AUTH26,
  ALL_AUTH27,
  REST_AUTH28,
  REST_AUTH29,
  ALL_AUTH30,
  ALL_AUTH31,
  ALL_AUTH32,
  ALL_AUTH33,
  ALL_AUTH34,
  REST_KEY1,
  REST_KEY2,
  REST_KEY3,
  REST_KEY4,
  REST_KEY5,
  REST_KEY6,
  REST_KEY7,
  ALL_IAM1,
  ALL_IAM2,
  WS_IAM3,
];
