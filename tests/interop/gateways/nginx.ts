/**
 * nginx before the embedded server: plain, with TLS and client certificates, with limits, without a server.
 *
 * @module
 */
import type { TestCertificates } from "../../certs.ts";
import { freePort, type Gateway, startGateway } from "./gateway.ts";

/** The ports of 127.0.0.1 on which nginx listens, by what it does there. */
export interface NginxPorts {
  /** Passes HTTP on; 50 requests a connection; bodies of 64 kB; `/prefix/` and `/busy/` (1 request/s). */
  readonly http: number;
  /** Wants TLS and a client's certificate. */
  readonly https: number;
  /** Serves `models.example` alone. */
  readonly named: number;
  /** No server behind. */
  readonly dead: number;
  readonly grpc: number;
  readonly grpcs: number;
  readonly grpcNamed: number;
  readonly grpcDead: number;
}

/** nginx under way. */
export interface Nginx extends Gateway {
  readonly ports: NginxPorts;
  /** Reads the configuration again: new workers, the old ones finish. */
  reload(): Promise<void>;
}

/** Starts nginx before a server's two ports. */
export async function startNginx(
  server: { readonly http: number; readonly grpc: number },
  certificates: TestCertificates,
): Promise<Nginx> {
  const names = ["http", "https", "named", "dead", "grpc", "grpcs", "grpcNamed", "grpcDead"];
  const ports = Object.fromEntries(
    names.map((name) => [name, freePort()]),
  ) as unknown as NginxPorts;
  const gateway = await startGateway({
    program: "nginx",
    port: ports.grpcDead,
    args: (folder) => ["-p", folder, "-c", `${folder}/nginx.conf`, "-e", `${folder}/error.log`],
    files: (folder) => ({
      "nginx.conf": configuration(folder, server, ports),
      "server.pem": certificates.server.cert,
      "server.key": certificates.server.key,
      "ca.pem": certificates.ca,
    }),
  });
  return {
    ...gateway,
    ports,
    async reload() {
      const pid = Number(await Deno.readTextFile(`${gateway.folder}/nginx.pid`));
      Deno.kill(pid, "SIGHUP");
    },
  };
}

function configuration(
  folder: string,
  server: { readonly http: number; readonly grpc: number },
  ports: NginxPorts,
): string {
  const http = `proxy_pass http://127.0.0.1:${server.http}`;
  const grpc = `grpc_pass grpc://127.0.0.1:${server.grpc}`;
  const nobody = freePort();
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${folder}/${name};`).join("\n  ");
  const tls = `ssl_certificate server.pem;
    ssl_certificate_key server.key;
    ssl_client_certificate ca.pem;
    ssl_verify_client on;`;
  return `daemon off;
user root;
worker_processes 1;
pid ${folder}/nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
  ${temporary}
  keepalive_requests 50;
  client_max_body_size 64k;
  proxy_http_version 1.1;
  limit_req_zone $server_port zone=few:1m rate=1r/s;
  limit_req_status 429;
  server {
    listen 127.0.0.1:${ports.http};
    location / { ${http}; }
    location /prefix/ { ${http}/; }
    location /busy/ { limit_req zone=few; ${http}/; }
  }
  server {
    listen 127.0.0.1:${ports.https} ssl;
    ${tls}
    location / { ${http}; }
  }
  server {
    listen 127.0.0.1:${ports.named};
    server_name models.example;
    location / { ${http}; }
  }
  server { listen 127.0.0.1:${ports.named} default_server; return 421; }
  server { listen 127.0.0.1:${ports.dead}; location / { proxy_pass http://127.0.0.1:${nobody}; } }
  server { listen 127.0.0.1:${ports.grpc} http2; location / { ${grpc}; } }
  server {
    listen 127.0.0.1:${ports.grpcs} ssl http2;
    ${tls}
    location / { ${grpc}; }
  }
  server {
    listen 127.0.0.1:${ports.grpcNamed} http2;
    server_name models.example;
    location / { ${grpc}; }
  }
  server { listen 127.0.0.1:${ports.grpcNamed} http2 default_server; return 421; }
  server { listen 127.0.0.1:${ports.grpcDead} http2; location / { grpc_pass grpc://127.0.0.1:${nobody}; } }
}
`;
}
