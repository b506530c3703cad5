import { type ApiModel } from '../../template/model/model';
import { type Violation } from '../rule';

/** Events of SAM for a route that an earlier one has: SAM rejects the template. */
export function* repeatedEvents({ repeatedEvents: all }: ApiModel, kind: 'rest' | 'http'): Iterable<Violation> {
  for (const { route, event, earlier, location } of all.filter((one) => one.kind === kind)) {
    yield { location, message: `${route} is defined by ${event} and by ${earlier}`, key: route };
  }
}
