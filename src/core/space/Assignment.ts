/** A value of a hyperparameter, as JSON has it: a tuple is an array, an optimizer object its class name in lower case. */
export type HyperparameterValue = number | string | boolean | null | readonly HyperparameterValue[];

/** One point of a search space: hyperparameter id to value. Empty for the user's own values. */
export type Assignment = Readonly<Record<string, HyperparameterValue>>;
