import { assert, assertEquals, assertRejects } from "@std/assert";
import { type Credential, credentialHeader, CredentialKeeper } from "./credential.ts";
import { withoutUser } from "./address.ts";
import { InferenceError } from "./errors.ts";

Deno.test("a secret is read from a file; what is in it is in no error", async () => {
  const path = await Deno.makeTempFile();
  const token: Credential = { kind: "bearer", from: "file", name: path };
  const basic: Credential = { kind: "basic", from: "file", name: path };
  try {
    await Deno.writeTextFile(path, "abc.DEF-1==\n");
    assertEquals(await credentialHeader(token), ["Authorization", "Bearer abc.DEF-1=="]);
    await Deno.writeTextFile(path, "me:pässword:1\n");
    assertEquals(await credentialHeader(basic), ["Authorization", "Basic bWU6cMOkc3N3b3JkOjE="]);
    for (
      const [credential, text] of [
        [token, ""],
        [token, "secret\nsecret"],
        [token, "secret\u0007"],
        [basic, ""],
        [basic, "secret"],
        [basic, "me:secret\nme:secret"],
      ] as const
    ) {
      await Deno.writeTextFile(path, text);
      const error = await assertRejects(() => credentialHeader(credential), InferenceError);
      assertEquals([error.code, error.toJSON().cause], ["USAGE", undefined]);
      assertEquals(error.message.includes("secret"), false);
    }
  } finally {
    await Deno.remove(path);
  }
  await assertRejects(
    () => credentialHeader(token),
    InferenceError,
    `Cannot read the token from ${path}`,
  );
});

Deno.test("a keeper reads once, and again when it is told to", async () => {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, "one");
    const keeper = new CredentialKeeper({ kind: "bearer", from: "file", name: path });
    assertEquals((await keeper.header())[1], "Bearer one");
    assertEquals(await keeper.renew(), false);
    await Deno.writeTextFile(path, "two");
    assertEquals((await keeper.header())[1], "Bearer one");
    const [first, second] = [keeper.renew(), keeper.renew()];
    assert(first === second);
    assertEquals([await first, keeper.current![1]], [true, "Bearer two"]);
    await Deno.remove(path);
    assertEquals([await keeper.renew(), keeper.current![1]], [false, "Bearer two"]);
    await Deno.writeTextFile(path, "");
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("an address in a message has no password", () => {
  assertEquals(withoutUser("http://me:secret@h:1/x"), "http://***@h:1/x");
  assertEquals(withoutUser("me:se@cret@h:1"), "***@h:1");
  assertEquals(withoutUser("h:1"), "h:1");
});
