/**
 * Slurm on this machine alone, for tests: one node, its daemons in a folder of their own.
 *
 * @module
 */

/** Slurm under way. */
export interface Slurm extends AsyncDisposable {
  /** For sbatch and srun. */
  readonly env: Readonly<Record<string, string>>;
}

/** Starts the daemons, munged among them; needs root. Nothing is shared with a Slurm of the machine. */
export async function startSlurm(): Promise<Slurm> {
  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir();
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  // munged refuses a socket that not everybody can reach.
  await Deno.chmod(folder, 0o711);
  for (const inner of ["state", "spool"]) await Deno.mkdir(`${folder}/${inner}`);
  await Deno.writeFile(`${folder}/key`, crypto.getRandomValues(new Uint8Array(1024)), {
    mode: 0o400,
  });
  await Deno.writeTextFile(`${folder}/slurm.conf`, configuration(folder).join("\n") + "\n");
  const env = { SLURM_CONF: `${folder}/slurm.conf` };
  const files = ["socket", "key-file", "pid-file", "log-file", "seed-file"].map((name) =>
    `--${name}=${folder}/${name === "key-file" ? "key" : `munged.${name.replace("-file", "")}`}`
  );
  for (const [daemon, ...args] of [["munged", ...files], ["slurmctld"], ["slurmd"]]) {
    stack.defer(() => stopped(`${folder}/${daemon}.pid`));
    const { success, stderr } = await new Deno.Command(daemon!, { args, env }).output();
    if (!success) throw new Error(`${daemon}: ${new TextDecoder().decode(stderr)}`);
  }
  const running = stack.move();
  return { env, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

function configuration(folder: string): string[] {
  const host = Deno.hostname();
  return [
    ...["ClusterName=one", `SlurmctldHost=${host}(127.0.0.1)`, "SlurmUser=root"],
    ...["AuthType=auth/munge", `AuthInfo=socket=${folder}/munged.socket`],
    ...[`SlurmctldPort=${freePort()}`, `SlurmdPort=${freePort()}`],
    ...[`StateSaveLocation=${folder}/state`, `SlurmdSpoolDir=${folder}/spool`],
    ...[`SlurmctldPidFile=${folder}/slurmctld.pid`, `SlurmdPidFile=${folder}/slurmd.pid`],
    ...[`SlurmctldLogFile=${folder}/slurmctld.log`, `SlurmdLogFile=${folder}/slurmd.log`],
    ...["ProctrackType=proctrack/linuxproc", "TaskPlugin=task/none"],
    ...["SelectType=select/cons_tres", "SelectTypeParameters=CR_CPU"],
    ...["SlurmdParameters=config_overrides", "ReturnToService=2", "SchedulerType=sched/backfill"],
    `NodeName=${host} NodeAddr=127.0.0.1 CPUs=16 RealMemory=1000 State=UNKNOWN`,
    `PartitionName=p Nodes=${host} Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:8`,
  ];
}

/** Ends the daemon of the file, and waits until it is gone. */
async function stopped(pidFile: string): Promise<void> {
  const pid = Number(await Deno.readTextFile(pidFile).catch(() => "0"));
  if (pid <= 1) return;
  Deno.kill(pid, "SIGTERM");
  while (await Deno.stat(`/proc/${pid}`).then(() => true, () => false)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
