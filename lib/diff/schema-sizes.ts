import { type Dict } from '../template/reader/scope';

/** What may be refused now, and was valid before. */
export interface Misfit {
  /** Whether a value is known to be refused; otherwise it may be. */
  readonly isSure: boolean;
  readonly why: string;
}

/** Lower bounds and upper ones, by the type that they are of. */
const BOUNDS = [
  ['string', 'minLength', 'maxLength', 'characters'],
  ['array', 'minItems', 'maxItems', 'items'],
  ['object', 'minProperties', 'maxProperties', 'properties'],
] as const;

/** The bounds of the new schema that the old one does not imply. */
export function* sizesFit(old: Dict, now: Dict, types: readonly string[], place: string): Iterable<Misfit> {
  for (const [type, min, max, what] of BOUNDS) {
    if (!types.includes(type)) continue;
    const [least, most] = [numberOf(now[min]), numberOf(now[max])];
    if (least !== undefined && (numberOf(old[min]) ?? 0) < least) {
      yield { isSure: true, why: `${place} must have at least ${least} ${what}` };
    }
    if (most !== undefined && (numberOf(old[max]) ?? Infinity) > most) {
      yield { isSure: true, why: `${place} must have at most ${most} ${what}` };
    }
  }
  if (types.includes('array') && now.uniqueItems === true && old.uniqueItems !== true) {
    yield { isSure: true, why: `the items of ${place} must be different` };
  }
  if (types.includes('number') || types.includes('integer')) yield* numbersFit(old, now, place);
}

function* numbersFit(old: Dict, now: Dict, place: string): Iterable<Misfit> {
  const [least, most] = [boundOf(now, 'minimum', 'exclusiveMinimum'), boundOf(now, 'maximum', 'exclusiveMaximum')];
  const [wasLeast, wasMost] = [
    boundOf(old, 'minimum', 'exclusiveMinimum'),
    boundOf(old, 'maximum', 'exclusiveMaximum'),
  ];
  if (least && !(wasLeast && isWithin(least, wasLeast, 1))) {
    yield { isSure: true, why: `${place} must be ${least.isExclusive ? 'more than' : 'at least'} ${least.bound}` };
  }
  if (most && !(wasMost && isWithin(most, wasMost, -1))) {
    yield { isSure: true, why: `${place} must be ${most.isExclusive ? 'less than' : 'at most'} ${most.bound}` };
  }
  const [step, was] = [numberOf(now.multipleOf), numberOf(old.multipleOf)];
  if (step !== undefined && !(was !== undefined && Number.isInteger(was / step))) {
    // A whole number is always one of these.
    const isWhole = old.type === 'integer' && Number.isInteger(1 / step);
    if (!isWhole) yield { isSure: was === undefined, why: `${place} must be a multiple of ${step}` };
  }
}

interface Bound {
  readonly bound: number;
  readonly isExclusive: boolean;
}

/** In draft 4, `exclusiveMinimum` is a flag; in later drafts, it is the bound. */
function boundOf(schema: Dict, name: string, exclusive: string): Bound | undefined {
  const bound = numberOf(schema[name]);
  const own = numberOf(schema[exclusive]);
  if (own !== undefined) return { bound: own, isExclusive: true };
  return bound === undefined ? undefined : { bound, isExclusive: schema[exclusive] === true };
}

/** Whether the old bound is the new one or stricter. @param sign 1 for a lower bound, -1 for an upper one */
function isWithin(now: Bound, was: Bound, sign: 1 | -1): boolean {
  if (now.bound === was.bound) return was.isExclusive || !now.isExclusive;
  return (was.bound - now.bound) * sign > 0;
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
