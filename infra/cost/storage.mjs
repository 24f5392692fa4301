// SPDX-License-Identifier: Apache-2.0

// What has piled up after some months: comments, and a backup for each day. Nothing is removed.

const gigabyte = 1e9;

export function storageOf(traffic, options) {
  const given = options.assumptions;
  const days_per_month = given.hours_per_month / 24;
  const days = Math.round(options.months * days_per_month);
  const table_gb = (traffic.posts * options.months * given.comment_bytes) / gigabyte;
  // Comments came evenly, so on day n the table had n / days of what it has now.
  const size_on = (day) => (table_gb * day) / days;
  return { table_gb, ...exportsOf(size_on, days, days_per_month), ...backupsOf(size_on, days, given) };
}

// The exports of the last month are paid by the size of the table on their day.
function exportsOf(size_on, days, days_per_month) {
  let exported_gb = 0;
  for (let day = Math.max(1, days - Math.round(days_per_month) + 1); day <= days; day++) exported_gb += size_on(day);
  return { exported_gb, backups: days_per_month };
}

function backupsOf(size_on, days, given) {
  const kept = { standard_gb: 0, glacier_gb: 0, deep_archive_gb: 0 };
  for (let day = 1; day <= days; day++) {
    const age = days - day;
    const size = size_on(day) * given.export_ratio;
    const overhead = given.objects_per_backup * given.archive_overhead_gb;
    if (age < given.backup_standard_days) kept.standard_gb += size;
    else if (age < given.backup_glacier_days) kept.glacier_gb += size + overhead;
    else kept.deep_archive_gb += size + overhead;
  }
  return {
    ...kept,
    // Each day one backup crosses a line, once there is one that old.
    reaches_glacier: days > given.backup_standard_days,
    reaches_deep_archive: days > given.backup_glacier_days,
  };
}
