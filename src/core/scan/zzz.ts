export type A = import('vscode').Uri;
