// A certified OpenID provider (oidc-provider) on loopback, for tests: people sign in with one click on a plain page.
// Reads its settings as one line of JSON from standard input, prints its port, and takes orders at POST /test.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import Provider from "oidc-provider";

const input = createInterface({ input: process.stdin });
const settings = JSON.parse((await input[Symbol.asyncIterator]().next()).value);
input.on("close", () => process.exit(0)); // whoever started it is gone

const accounts = new Map(settings.accounts.map((one) => [one.sub, one]));
let keys = [newKey()];
let handle = null;

function newKey() {
  const { privateKey } =
    settings.algorithm === "RS256"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : settings.algorithm === "ES256"
        ? generateKeyPairSync("ec", { namedCurve: "P-256" })
        : generateKeyPairSync("ed25519");
  const kid = `key-${process.hrtime.bigint()}`;
  return { ...privateKey.export({ format: "jwk" }), kid, use: "sig", alg: settings.algorithm };
}

function makeProvider(issuer) {
  const provider = new Provider(issuer, {
    clients: settings.clients.map((one) => ({ id_token_signed_response_alg: settings.algorithm, ...one })),
    jwks: { keys },
    cookies: { keys: ["only for tests"] },
    scopes: ["openid", "email", "profile"],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    // By default, as the standard has it, e-mail and name are at the userinfo endpoint only.
    conformIdTokenClaims: !settings.claimsInToken,
    enabledJWA: { idTokenSigningAlgValues: ["RS256", "PS256", "ES256", "EdDSA"] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    findAccount: (_, sub) =>
      accounts.has(sub) ? { accountId: sub, claims: () => accounts.get(sub) } : undefined,
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
  return provider;
}

async function interact(provider, request, response) {
  if (request.method === "GET") {
    const buttons = [...accounts.values()].map(
      (one) => `<button name="sub" value="${one.sub}">${one.name ?? one.sub}</button>`,
    );
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      `<!doctype html><html lang="en"><title>Test provider</title><main><h1>Who are you?</h1>` +
        `<form method="post">${buttons.join(" ")} <button name="sub" value="">Nobody</button></form></main></html>`,
    );
    return;
  }
  const sub = new URLSearchParams(await body(request)).get("sub");
  const result = sub ? { login: { accountId: sub } } : { error: "access_denied" };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

async function body(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const server = createServer(async (request, response) => {
  try {
    if (request.url === "/test" && request.method === "POST") {
      const order = JSON.parse(await body(request));
      if (order.account) accounts.set(order.account.sub, order.account);
      if (order.rotate) {
        keys = [newKey()];
        handle = makeProvider(handle.issuer);
      }
      response.end("{}");
    } else if (request.url.startsWith("/interaction/")) await interact(handle, request, response);
    else handle.callback()(request, response);
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error));
  }
});

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address();
  handle = makeProvider(`http://127.0.0.1:${port}`);
  console.log(JSON.stringify({ port }));
});
