// SPDX-License-Identifier: Apache-2.0
import { Duration } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, ObjectOwnership,
  type BucketProps } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

import { keep } from './keep.ts';

// Closed to the public, over TLS alone, every version kept for a while, encrypted by S3: a key of
// KMS would have to name the distribution that reads with it, and the distribution this bucket.
export function privateBucket(
  scope: Construct, id: string, bucketName: string, more: Partial<BucketProps> = {}
): Bucket {
  const bucket = new Bucket(scope, id, {
    bucketName,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: true,
    ...more,
  });
  keep(bucket, id);
  return bucket;
}

// Written plainly: the class would add to the policy of a bucket that another stack has.
export function logRequests(bucket: Bucket, logBucket: string): void {
  (bucket.node.defaultChild as CfnBucket).loggingConfiguration = {
    destinationBucketName: logBucket,
    logFilePrefix: `${bucket.node.id}/`,
  };
}

// What a crash leaves of an upload in parts costs like any object, and is seen nowhere.
export const tidyUploads = {
  id: 'unfinished-uploads',
  abortIncompleteMultipartUploadAfter: Duration.days(7),
};
