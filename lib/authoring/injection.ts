import { type InjectionContext, PropertyInjectors } from 'aws-cdk-lib';

/** A construct that property injectors of the CDK know, by `<package>.<class>`. */
export interface Injectable {
  readonly PROPERTY_INJECTION_ID: string;
}

const completed = new WeakSet<object>();

/**
 * The props of a construct with what the nearest property injector adds, as the decorator of the CDK's own constructs finds it.
 * Called by constructors before anything is checked. The decorator would hide the class behind another one, and come too late for
 * `fromOpenApi`, which needs the props before it constructs.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/blueprints.html
 */
export function injected<P>(type: Injectable, { scope, id }: InjectionContext, props: P): P {
  if (typeof props === 'object' && props !== null && completed.has(props)) return props;
  // Whoever gives no scope hears of it from the constructor of all constructs.
  const scopes = (scope as Partial<InjectionContext['scope']> | undefined)?.node?.scopes ?? [];
  for (const each of [...scopes].reverse()) {
    if (!PropertyInjectors.hasPropertyInjectors(each)) continue;
    const injector = PropertyInjectors.of(each as never).for(type.PROPERTY_INJECTION_ID);
    if (injector) return injector.inject(props, { scope, id }) as P;
  }
  return props;
}

/** Marks props that no injector is to see again. */
export function complete<P extends object>(props: P): P {
  completed.add(props);
  return props;
}
