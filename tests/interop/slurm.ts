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

/** Starts the daemons; needs root. */
export async function startSlurm(): Promise<Slurm> {
  const folder = await Deno.makeTempDir();
  const host = Deno.hostname();
  const [control, node] = [freePort(), freePort()];
  for (const inner of ["state", "spool"]) await Deno.mkdir(`${folder}/${inner}`);
  const lines = [
    ...["ClusterName=one", `SlurmctldHost=${host}(127.0.0.1)`, "SlurmUser=root"],
    ...["AuthType=auth/munge", `SlurmctldPort=${control}`, `SlurmdPort=${node}`],
    ...[`StateSaveLocation=${folder}/state`, `SlurmdSpoolDir=${folder}/spool`],
    ...[`SlurmctldPidFile=${folder}/slurmctld.pid`, `SlurmdPidFile=${folder}/slurmd.pid`],
    ...[`SlurmctldLogFile=${folder}/slurmctld.log`, `SlurmdLogFile=${folder}/slurmd.log`],
    ...["ProctrackType=proctrack/linuxproc", "TaskPlugin=task/none"],
    ...["SelectType=select/cons_tres", "SelectTypeParameters=CR_CPU"],
    ...["SlurmdParameters=config_overrides", "ReturnToService=2", "SchedulerType=sched/backfill"],
    `NodeName=${host} NodeAddr=127.0.0.1 CPUs=16 RealMemory=1000 State=UNKNOWN`,
    `PartitionName=p Nodes=${host} Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:8`,
  ];
  await Deno.writeTextFile(`${folder}/slurm.conf`, lines.join("\n") + "\n");
  const env = { SLURM_CONF: `${folder}/slurm.conf` };
  if (!await quietly("munge", "-n")) {
    await quietly("mkdir", "-p", "/run/munge");
    await quietly("chown", "munge", "/run/munge");
    await quietly("runuser", "-u", "munge", "--", "munged");
  }
  for (const daemon of ["slurmctld", "slurmd"]) {
    const { success, stderr } = await new Deno.Command(daemon, { env }).output();
    if (!success) throw new Error(`${daemon}: ${new TextDecoder().decode(stderr)}`);
  }
  return {
    env,
    async [Symbol.asyncDispose]() {
      for (const daemon of ["slurmd", "slurmctld"]) {
        const pid = Number(await Deno.readTextFile(`${folder}/${daemon}.pid`).catch(() => "0"));
        if (pid > 1) Deno.kill(pid, "SIGTERM");
        while (pid > 1 && await Deno.stat(`/proc/${pid}`).then(() => true, () => false)) {
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
      await Deno.remove(folder, { recursive: true });
    },
  };
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function quietly(program: string, ...args: string[]): Promise<boolean> {
  const command = new Deno.Command(program, { args, stdout: "null", stderr: "null" });
  return (await command.output()).success;
}
