import { canaryCases } from './canaries';
import { circleCases } from './circles';
import { checksCases } from './checks';
import { handleCases } from './handles';
import { http } from './http';
import { type Kind } from './kind';
import { rest } from './rest';
import { rightsCases } from './rights';
import { routeCases } from './routes';
import { stageCases } from './stages';
import { webSocket } from './websocket';

const KINDS: readonly Kind[] = [rest, http, webSocket];
const CASES = {
  ...routeCases,
  ...stageCases,
  ...rightsCases,
  ...canaryCases,
  ...checksCases,
  ...circleCases,
  ...handleCases,
};

describe.each(KINDS.map((kind) => [kind.name, kind] as const))('%s', (_, kind) => {
  const cases = Object.entries(CASES).filter(([name]) => !(name in kind.skip));
  test.each(cases)('%s', (_name, run) => run(kind));

  test('skips nothing without a reason, and nothing that it could do', () => {
    for (const [name, reason] of Object.entries(kind.skip)) {
      expect(reason.trim().length).toBeGreaterThan(20);
      const run = CASES[name];
      expect([name, typeof run]).toEqual([name, 'function']);
      expect(() => run(kind)).toThrow();
    }
  });
});

test('no case is for nobody', () => {
  const everywhere = Object.keys(CASES).filter((name) => KINDS.every(({ skip }) => name in skip));
  expect(everywhere).toEqual([]);
});
