// SPDX-License-Identifier: Apache-2.0

// From what is used to dollars.

import { freeOf, plans, priceOf } from './facts.mjs';
import { service_names, usagesOf } from './services.mjs';

const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);

// The price of an amount; where it falls by steps, each step is paid at its own price.
export function costOf(price, amount) {
  const tiers = price.tiers ?? [[null, price.usd]];
  let from = 0;
  let cost = 0;
  for (const [to, usd] of tiers) {
    const end = to ?? Infinity;
    cost += (Math.max(0, Math.min(amount, end) - from) / price.per) * usd;
    from = end;
  }
  return cost;
}

function lineOf({ service, price: id, amount }, options) {
  const price = priceOf(id, options.region);
  const free_amount = options.freeTier ? freeOf(id)?.amount ?? 0 : 0;
  const listed = costOf(price, amount);
  const paid = costOf(price, Math.max(0, amount - free_amount));
  return {
    service, price: id, what: price.what, amount, unit: price.unit,
    listed, free: listed - paid, paid, verified: price.verified, note: price.note,
  };
}

const totals = (lines) => Object.fromEntries(['listed', 'free', 'paid']
  .map((key) => [key, sum(lines.map((line) => line[key]))]));

// The bill of one month: {views, traffic, lines, services, total, unverified}.
export function billOf(views, options) {
  const { traffic, usages } = usagesOf(views, options);
  const lines = usages.map((usage) => lineOf(usage, options));
  const services = service_names.map((name) => ({
    name, ...totals(lines.filter((line) => line.service === name)),
  }));
  const unverified = sum(lines.filter((line) => !line.verified).map((line) => line.paid));
  return { views, traffic, lines, services, total: totals(lines), unverified };
}

// The same site with a flat-rate plan of CloudFront: its price, and what the plan does not cover.
// Plans come with the firewall before everything, so that is not paid twice.
export function withPlan(bill, plan, options) {
  const covered = (line) => line.service === 'CloudFront' || line.service === 'WAF' ||
    ['route53.zone', 'route53.queries'].includes(line.price);
  const rest = bill.lines.filter((line) => !covered(line));
  const stored = rest.filter((line) => line.price === 's3.storage');
  const credit = Math.min(sum(stored.map((line) => line.paid)),
    costOf(priceOf('s3.storage', options.region), plan.s3CreditGb));
  return plan.usd + sum(rest.map((line) => line.paid)) - credit;
}

// Every plan with what it would cost and why it may not do.
export function plansFor(bill, options) {
  const gigabytes = bill.traffic.bytes / 1e9;
  return plans.map((plan) => ({
    name: plan.name,
    total: withPlan(bill, plan, options),
    fits: bill.traffic.edge <= plan.requests && gigabytes <= plan.gigabytes,
    customPolicies: plan.customPolicies,
  }));
}
