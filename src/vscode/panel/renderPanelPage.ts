import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** The page of a panel: it runs one script of the extension's and loads one style, and nothing else. */
export function renderPanelPage(webview: Webview, extension: Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const address = (name: string): string => webview.asWebviewUri(Uri.joinPath(extension, 'dist', 'webview', name)).toString();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="${address('panel.css')}">
<title>Study</title>
</head>
<body>
<main id="panel"><p>Reading the study…</p></main>
<script nonce="${nonce}" src="${address('panel.js')}"></script>
</body>
</html>`;
}
