/**
 * Classifies images. They are decoded in worker threads and made to fit the model while requests are on
 * their way. Say with `preset` what the model was trained with.
 *
 *     deno run --allow-net --allow-read examples/classify.ts localhost:8000 colors examples/images
 */
import { InferenceClient } from "@trtis/trtis";
import { classify } from "@trtis/trtis/image";

const [address = "localhost:8000", modelName = "colors", ...paths] = Deno.args;
await using client = await InferenceClient.connect(address);
const model = await client.model(modelName);
const images = paths.length > 0 ? paths : ["examples/images"];
for await (const { path, classes: [best], error } of classify(model, images, { preset: "none" })) {
  if (error) console.error(`${path}: ${error.message}`);
  else console.log(`${path}: ${best!.label} (${best!.value.toFixed(3)})`);
}
