// Drives the whole API with the generated client: every method of every class, typed as the document says.
import * as client from "./client";
import {
  AdministratorsApi,
  ChangesApi,
  Configuration,
  DecisionsApi,
  ReportsApi,
  ResponseError,
  RoadmapApi,
  RunsApi,
  ServiceApi,
  SubscriptionsApi,
  TrendsApi,
} from "./client";
import type { Account, Run } from "./client";

declare const process: { argv: string[]; exitCode: number };

const called = new Set<string>();
const all: string[] = [];
for (const [name, api] of Object.entries(client)) {
  if (typeof api !== "function" || !name.endsWith("Api")) continue;
  const methods = api.prototype as Record<string, (...given: unknown[]) => unknown>;
  const operations = Object.getOwnPropertyNames(methods).filter(one => methods[`${one}Raw`] !== undefined);
  for (const method of operations) {
    const original = methods[method];
    all.push(method);
    methods[method] = function (...given) {
      called.add(method);
      return original.apply(this, given);
    };
  }
}

const here = new Configuration({ basePath: process.argv[2] });
const Administrators = new AdministratorsApi(here);
const Changes = new ChangesApi(here);
const Decisions = new DecisionsApi(here);
const Reports = new ReportsApi(here);
const Roadmap = new RoadmapApi(here);
const Runs = new RunsApi(here);
const Service = new ServiceApi(here);
const Subscriptions = new SubscriptionsApi(here);
const Trends = new TrendsApi(here);

function expect(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

async function refused(status: number, request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (e) {
    expect(e instanceof ResponseError && e.response.status === status, `refused with ${e}, not ${status}`);
    return;
  }
  throw new Error(`not refused with ${status}`);
}

/** The client takes the answer of a run that is worked on for one that has ended: both have a state. */
function hasEnded(run: Run): boolean {
  return ["DONE", "FAILED"].includes(run.state);
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

async function drive(): Promise<void> {
  const until = new Date(Date.now() + 30 * 86_400_000);

  let run = await Runs.startRun({ runOrder: { stages: ["S1"] } });
  expect(String(run.state) === "QUEUED", "a run is queued");
  while (!hasEnded(run)) {
    run = await Runs.getRun({ runId: run.runId, prefer: "wait=20" });
  }
  const result: Run = run;
  expect(result.results!.every(one => one.stage === "S1"), "the answers are of the stage");
  const waited = await Runs.startRun({ runOrder: { checks: ["S1-04"] }, prefer: "wait=60" });
  expect(hasEnded(waited) && waited.results!.length === 1, "whoever waits gets the result");
  expect((await Runs.listRuns({ limit: 1 })).continuation !== undefined, "there are more runs");
  await Runs.getRunChanges({ runId: result.runId });
  await refused(404, Runs.getRun({ runId: "20260131T080000Z-00000001" }));

  const url = "/policies/identitySecurityDefaultsEnforcementPolicy";
  const requests = [{ id: "off", method: "PATCH", url, body: { isEnabled: false } }];
  let proved = await Changes.startWhatIf({ changeOrder: { requests } });
  while (!["DONE", "FAILED"].includes(proved.state)) {
    proved = await Changes.getWhatIf({ whatIfId: proved.whatIfId, prefer: "wait=20" });
  }
  expect(String(proved.state) === "DONE" && proved.proof!.requests === 1, "a change is proved");
  await refused(404, Changes.getWhatIf({ whatIfId: "20260131T080000Z-00000001" }));

  for (const stage of (await Roadmap.listStages()).stages) {
    await Roadmap.getStage({ stage: stage.stage });
  }
  const checks = (await Roadmap.listChecks()).checks;
  expect(checks.length === 59, "59 items");
  const checkId = checks[0].checkId;
  expect((await Roadmap.getCheck({ checkId })).page!.startsWith("# "), "an item has its page");
  await Roadmap.getCheckHistory({ checkId, limit: 5 });
  await Roadmap.getCheckFindings({ checkId, limit: 5 });
  await refused(400, Roadmap.getCheckHistory({ checkId, limit: 0 }));

  expect((await Trends.getTrends({ limit: 5 })).series.length === 5, "a series for each stage");
  await Trends.listChanges({ kinds: "NEW_ADMINISTRATOR,LOST_MFA" });

  const accounts: Account[] = (await Administrators.listAccounts({ mfa: "UNCOVERED" })).accounts;
  expect(accounts.every(one => one.signInWithoutMfa.signIn !== undefined), "each names the sign-in that slips through");
  const accountId = accounts[0].id;
  await Administrators.getAccount({ accountId });
  await Administrators.getAccountCategory({ accountId });
  const put = await Administrators.putAccountCategory({
    accountId,
    categoryOrder: { category: "SHARED", reason: "the service desk's" },
    ifNoneMatch: "*",
  });
  await refused(428, Administrators.putAccountCategory({ accountId, categoryOrder: { category: "DEDICATED" } }));
  await Administrators.deleteAccountCategory({ accountId, ifMatch: `"${put.operatorCategory!.revision}"` });
  expect((await Administrators.getAccountsCsv({})).includes("\n"), "a table has lines");

  const checkWithStatements = (await Decisions.listAttestations()).statements[0].checkId;
  const statement = { checkId: checkWithStatements, statement: 1 };
  const before = (await Decisions.getAttestation(statement)).attestation;
  const attested = await Decisions.putAttestation({
    ...statement,
    attestationOrder: { validUntil: until, by: "Ann Lee" },
    ...(before === undefined ? {} : { ifMatch: `"${before.revision}"` }),
  });
  expect(day(attested.attestation!.validUntil) === day(until), "it is attested until the day");
  await refused(412, Decisions.deleteAttestation({ ...statement, ifMatch: '"99"' }));
  const listed = (await Decisions.listAttestations()).statements[0];
  const document = {
    schema: "parc-attestations/1",
    statements: [{ item: listed.checkId, statement: listed.statement, words: listed.words }],
  };
  const changed = await Decisions.putAttestations({ dryRun: true, statementsDocument: document });
  expect(changed.dryRun && changed.statements[0].effect === "LEFT_OPEN", "a statement without a day stays as it is");
  await Decisions.deleteAttestation({ ...statement, ifMatch: `"${attested.attestation!.revision}"` });
  const waiver = await Decisions.putWaiver({
    waiverId: `S1-04.${accountId}`,
    waiverOrder: { owner: "Ann Lee", reason: "is replaced in May", until },
  });
  expect(waiver.state === "IN_FORCE", "a waiver counts at once");
  expect((await Decisions.listWaivers({ check: "S1-04" })).waivers.length > 0, "it is listed");
  await Decisions.getWaiver({ waiverId: waiver.id });
  await Decisions.deleteWaiver({ waiverId: waiver.id, ifMatch: `"${waiver.revision}"` });
  expect((await Decisions.getWaiver({ waiverId: waiver.id })).state === "WITHDRAWN", "it is withdrawn");

  const open = (await Decisions.listAcknowledgements()).open;
  expect(open.length > 0, "there are new administrators whom nobody has acknowledged");
  const key = open[0].key;
  const known = await Decisions.putAcknowledgement({ key, acknowledgementOrder: { reason: "joined the platform team" } });
  expect(known.state === "ACKNOWLEDGED", "a new administrator is acknowledged");
  expect((await Decisions.listAcknowledgements()).open.every(one => one.key !== key), "and is no longer open");
  await Decisions.getAcknowledgement({ key });
  await Decisions.deleteAcknowledgement({ key, ifMatch: `"${known.revision}"` });
  expect((await Decisions.getAcknowledgement({ key })).state === "WITHDRAWN", "the acknowledgement is withdrawn");

  expect((await Reports.getReport({})).startsWith("<!doctype html>"), "a page");
  expect((await Reports.getReportJson({})).results!.length > 0, "a document");
  expect((await Reports.getReportOfAccount({ accountId })).startsWith("<!doctype html>"), "an account's page");
  expect((await Reports.watchRun({ runId: run.runId })).startsWith("<!doctype html>"), "a run's page");
  await refused(403, Reports.decideInReport({ token: "x", _do: "attest" }));
  await Reports.getReportCsv({});
  await Reports.getReportMarkdown({});
  await Reports.getReportSarif({});
  await Reports.getReportOscal({});
  await Reports.getReportJUnit({});

  const deleted = await Runs.deleteRun({ runId: waited.runId, reason: "of a test" });
  expect(deleted.deleted!.results === 1 && deleted.state === "FAILED", "a run is deleted, and its record says so");

  const callbackUrl = "https://prod-1.westeurope.logic.azure.com/workflows/1";
  const hook = await Subscriptions.subscribe({ hookOrder: { callbackUrl, kinds: ["NEW_ADMINISTRATOR"] } });
  expect(hook.signingKey !== undefined, "the key is told once");
  expect((await Subscriptions.listHooks()).hooks.every(one => one.signingKey === undefined), "and never again");
  await Subscriptions.unsubscribe({ hookId: hook.id });
  await Subscriptions.unsubscribeCallback({ callbackOrder: { callbackUrl } });

  expect((await Service.health({})).status === "up", "it is up");
  await Service.getOpenApi();
  await Service.getConnector();

  const left = all.filter(one => !called.has(one));
  expect(left.length === 0, `not driven: ${left.join(", ")}`);
  console.log(`driven: ${called.size}`);
}

drive().catch(async e => {
  console.log(e instanceof ResponseError ? `${e.response.url} ${e.response.status} ${await e.response.text()}` : e);
  process.exitCode = 1;
});
