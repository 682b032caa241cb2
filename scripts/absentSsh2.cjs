// Stands in for ssh2 in the bundles: Docker's client library requires it, and with a native part, though nothing here uses it.
module.exports = {
  Client: class Client {
    constructor() {
      throw new Error('Engines behind ssh are reached through the ssh command.');
    }
  },
};
