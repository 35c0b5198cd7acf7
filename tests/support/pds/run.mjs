// A Bluesky server (PDS) and its directory of identities on loopback, for tests. Says READY and waits for SIGTERM.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";

const { PlcServer, Database } = createRequire(import.meta.url)("@did-plc/server");
const [folder, pdsPort, plcPort, jwtSecret, appView, appViewDid] = process.argv.slice(2);

const plc = PlcServer.create({ db: Database.mock(), port: Number(plcPort) });
await plc.start();
fs.mkdirSync(`${folder}/blobs`, { recursive: true });
Object.assign(process.env, {
  PDS_HOSTNAME: "localhost",
  PDS_PORT: pdsPort,
  PDS_DEV_MODE: "true",
  PDS_JWT_SECRET: jwtSecret,
  PDS_ADMIN_PASSWORD: randomBytes(16).toString("hex"),
  PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: randomBytes(32).toString("hex"),
  PDS_DATA_DIRECTORY: folder,
  PDS_BLOBSTORE_DISK_LOCATION: `${folder}/blobs`,
  PDS_BLOB_UPLOAD_LIMIT: String(100 * 1024 * 1024),
  PDS_DID_PLC_URL: `http://localhost:${plcPort}`,
  PDS_INVITE_REQUIRED: "false",
  // They hold for those who come through a proxy of the tests that says so, with an address that is not loopback.
  PDS_RATE_LIMITS_ENABLED: "true",
  PDS_RATE_LIMIT_BYPASS_IPS: "127.0.0.1,::1,::ffff:127.0.0.1",
  PDS_SERVICE_HANDLE_DOMAINS: ".test",
  PDS_BSKY_APP_VIEW_URL: appView,
  PDS_BSKY_APP_VIEW_DID: appViewDid,
  LOG_ENABLED: "false",
});
const { PDS, readEnv, envToCfg, envToSecrets } = await import("@atproto/pds");
const env = readEnv();
env.version ||= "0.0.0";
const pds = await PDS.create(envToCfg(env), envToSecrets(env));
await pds.start();
console.log("READY");

process.on("SIGTERM", async () => {
  await pds.destroy();
  await plc.destroy();
  process.exit(0);
});
