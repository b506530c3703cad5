type PropsCheck = (props: unknown, isSubclass: boolean) => void;

let check: PropsCheck = () => undefined;

/** Has the props of `ApiGatewayChecks` checked by what knows the types of the library, which is above this layer. */
export function checkPropsBy(given: PropsCheck): void {
  check = given;
}

/** @throws where a prop is not what it must be */
export function checkProps(props: unknown, isSubclass: boolean): void {
  check(props, isSubclass);
}
