// Runs Lighthouse on addresses from standard input, one a line, and prints one line of JSON
// for each run. Started by quality/lighthouse.py.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, chromium, runs] = process.argv.slice(2);
const require = createRequire(`${folder}/package.json`);
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { default: lighthouse } = await load("lighthouse");
const { launch } = await load("chrome-launcher");

let input = "";
for await (const part of process.stdin) input += part;
// Another browser for each run: nobody who comes for the first time brings a cookie.
const visit = async (url) => {
  const chrome = await launch({
    chromePath: chromium,
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic"],
  });
  try {
    return await lighthouse(url, {
      port: chrome.port,
      ignoreStatusCode: true,
      logLevel: "error",
      onlyCategories: ["performance", "accessibility", "best-practices", "seo"],
    });
  } finally {
    chrome.kill();
  }
};
const value = (audits, name) => audits[name]?.numericValue ?? null;
for (const url of input.split("\n").filter(Boolean)) {
  let tries = 0;
  for (let run = 0; run < Number(runs); run += 1) {
    const result = await visit(url);
    const { audits, categories } = result.lhr;
    // Now and then nothing was painted in time on a busy machine.
    if (categories.performance.score === null && tries < 3) {
      tries += 1;
      run -= 1;
      continue;
    }
    const requests = audits["network-requests"].details?.items ?? [];
    const failed = Object.values(categories).flatMap((category) =>
      category.id === "performance"
        ? []
        : category.auditRefs
            .filter((ref) => ref.weight && audits[ref.id].score !== null && audits[ref.id].score < 1)
            .map((ref) => ref.id),
    );
    console.log(
      JSON.stringify({
        url,
        error: result.lhr.runtimeError?.message ?? "",
        performance: categories.performance.score,
        accessibility: categories.accessibility.score,
        practices: categories["best-practices"].score,
        seo: categories.seo.score,
        cls: value(audits, "cumulative-layout-shift"),
        lcp: value(audits, "largest-contentful-paint"),
        tbt: value(audits, "total-blocking-time"),
        bytes: value(audits, "total-byte-weight"),
        requests: requests.filter((item) => !item.url.startsWith("data:")).length,
        failed,
      }),
    );
  }
}
