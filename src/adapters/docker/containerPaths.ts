/** Where things are in a study's container. */
export const sourcePath = '/hone/source';
export const workPath = '/hone/work';
export const dataPath = '/hone/data';
export const runnerPath = '/hone/runner';
export const lookJobPath = '/hone/look.json';
export const lookArtifactsPath = '/hone/written';
export const certificatesPath = '/hone/certificates.pem';
export const cacheVolumePath = '/hone/cache';
/** A fresh volume belongs to root; this folder in it to everyone. */
export const cachePath = `${cacheVolumePath}/files`;
export const homePath = '/home/hone';
