/** Rules whose violations allow access without authorization, or expose a secret. */
const OPENS: ReadonlySet<string> = new Set([
  'ALL-AUTH1',
  'HTTP-AUTH3',
  'WS-AUTH4',
  'REST-AUTH2',
  'V2-AUTH25',
  'REST-AUTH28',
  'ALL-AUTH30',
  'REST-AUTH35',
  'REST-KEY5',
  'REST-CACHE4',
  'REST-NET2',
  'DOM7',
  'DOM20',
  'OAS1',
  'OAS2',
  'ALL-LOG15',
  'REST-WAF5',
]);

/** Rules whose violations deploy, and then fail calls or return wrong responses. */
const BREAKS: ReadonlySet<string> = new Set([
  'ALL-AUTH33',
  'ALL-AUTH34',
  'HTTP-AUTH18',
  'REST-AUTH26',
  'REST-KEY1',
  'REST-ACC1',
  'REST-CACHE3',
  'REST-CACHE10',
  'REST-CORS2',
  'REST-CORS5',
  'ALL-CORS3',
  'HTTP-CORS11',
  'REST-INT4',
  'REST-INT9',
  'REST-INT10',
  'REST-INT16',
  'ALL-INT3',
  'ALL-INT25',
  'REST-DEP1',
  'REST-DEP2',
  'ALL-DEP9',
  'ALL-DEP16',
  'REST-NET1',
  'ALL-THR2',
  'TPL2',
]);

/** Of findings with the same severity: open access first, then what fails at run time, then the others. */
export const urgencyOf = (id: string): number => (OPENS.has(id) ? 0 : BREAKS.has(id) ? 1 : 2);

/** The ids that have an urgency. */
export const URGENT: readonly string[] = [...OPENS, ...BREAKS];
