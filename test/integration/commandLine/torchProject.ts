/** PyTorch from Debian, so that an image of the project's own is tried too: any base with apt will do. */
export const TORCH_PROJECT: Readonly<Record<string, string>> = {
  Dockerfile: `FROM ${process.env['HONE_BASE_IMAGE'] ?? 'python:3.11-slim'}
RUN apt-get update && apt-get install -y --no-install-recommends python3-torch
ENV PATH=/usr/bin:$PATH
`,
  'hone.yaml': 'image: Dockerfile\npython: /usr/bin/python3\n',
};
