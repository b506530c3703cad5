/** The function that returns what a module exports. */
export declare const accessorOf: (name: string) => string;
