// A symbol rendered to a video goes through Chromium's fake camera to the verdict.

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { canBrowse, launch, newPage, open, outcomeOf, screenshots } from "./site";
import { symbolsIn, writeVideo } from "./symbols";

describe.skipIf(!canBrowse)("the camera", () => {
  it("reads a report symbol", async () => {
    const site = await open();
    const video = join(site.folder, "camera.y4m");
    writeVideo(symbolsIn(site.report.issued)[0]!.modules, video);
    const browser = await launch("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${video}`);
    try {
      const context = await browser.newContext({ viewport: { width: 800, height: 900 }, serviceWorkers: "block" });
      const { page, errors } = await newPage(context);
      await page.goto(site.address);
      await page.click(".camera-task button");
      await page.waitForSelector("dialog.camera");
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(screenshots, "camera.png") });
      expect(await outcomeOf(page)).toBe("code_genuine");
      expect(await page.locator('[data-code="host.official"]').count()).toBe(1);
      expect(errors).toEqual([]);
    } finally {
      await browser.close();
      site.stop();
    }
  }, 300_000);
});
