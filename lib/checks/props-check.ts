type PropsCheck = (props: unknown, isSubclass: boolean) => void;

let check: PropsCheck = () => undefined;

/** Checks the props of `ApiGatewayChecks` with the types of the library, which are above this layer. */
export function checkPropsBy(given: PropsCheck): void {
  check = given;
}

/** @throws if a prop has the wrong type */
export function checkProps(props: unknown, isSubclass: boolean): void {
  check(props, isSubclass);
}
