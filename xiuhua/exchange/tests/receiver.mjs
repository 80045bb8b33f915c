// An agency in JavaScript: reads what came in with the stock libraries, tells what they made of it, and lets us send.
import { createServer } from "node:http";
import { createRequire } from "node:module";

const stock = createRequire(process.argv[2] + "/");
const { Webhook } = stock("standardwebhooks");
const { HTTP } = stock("cloudevents");
const secrets = process.argv[3].split(",");

function said(make) {
  try {
    return make();
  } catch (error) {
    return { refused: error.message };
  }
}

function told(headers, body) {
  const verified = secrets.map((secret) => said(() => new Webhook(secret).verify(body, headers)));
  const altered = body.replace("body_camera", "phone");
  const event = HTTP.toEvent({ headers, body });
  return {
    verified,
    altered: said(() => new Webhook(secrets[0]).verify(altered, headers)),
    moved: said(() => new Webhook(secrets[0]).verify(body, { ...headers, "webhook-id": "other" })),
    valid: event.validate(),
    event: JSON.parse(JSON.stringify(event)),
  };
}

createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    if (request.method === "OPTIONS") {
      response.setHeader("WebHook-Allowed-Origin", request.headers["webhook-request-origin"]);
      response.setHeader("WebHook-Allowed-Rate", "*");
    } else {
      console.log(JSON.stringify(told(request.headers, Buffer.concat(parts).toString())));
    }
    response.writeHead(204).end();
  });
}).listen(0, "127.0.0.1", function () {
  console.log(this.address().port);
});
