import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** A page of the extension's: the name of its script and style, its title, and what stands there until it is told more. */
export interface Page {
  readonly name: 'panel' | 'model';
  readonly title: string;
  readonly words: string;
}

/** The page of a panel: it runs one script of the extension's and loads one style, and nothing else. */
export function renderPanelPage(webview: Webview, extension: Uri, { name, title, words }: Page): string {
  const nonce = randomBytes(16).toString('base64');
  const address = (file: string): string => webview.asWebviewUri(Uri.joinPath(extension, 'dist', 'webview', file)).toString();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="${address(`${name}.css`)}">
<title>${title}</title>
</head>
<body>
<main id="panel"><p>${words}</p></main>
<script nonce="${nonce}" src="${address(`${name}.js`)}"></script>
</body>
</html>`;
}
