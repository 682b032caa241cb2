// Stands in for ssh2 in the bundles: Docker's client library requires it, native part and all, though nothing here uses it.
exports.Client = function Client() {
  throw new Error('Engines behind ssh are reached through the ssh command.');
};
