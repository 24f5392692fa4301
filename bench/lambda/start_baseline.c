// SPDX-License-Identifier: Apache-2.0
// The least that a Lambda function can do before its first event: connect to the Runtime API, ask for
// /next, wait for what comes, and end. What `bootstrap` does until its first /next is measured against
// it. AWS_LAMBDA_RUNTIME_API is an IPv4 address and a port, as on Lambda. Built static:
// cc -O2 -static -o start_baseline start_baseline.c
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int connect_to(const char *address, const char *port) {
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(port))};
    if (inet_pton(AF_INET, address, &where.sin_addr) != 1) return -1;
    int made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (made < 0) return -1;
    return connect(made, (struct sockaddr *)&where, sizeof where) == 0 ? made : -1;
}

int main(void) {
    const char *api = getenv("AWS_LAMBDA_RUNTIME_API");
    const char *colon = api ? strchr(api, ':') : NULL;
    char host[INET_ADDRSTRLEN];
    if (!colon || (size_t)(colon - api) >= sizeof host) {
        fprintf(stderr, "AWS_LAMBDA_RUNTIME_API is not set to ADDRESS:PORT\n");
        return 1;
    }
    memcpy(host, api, (size_t)(colon - api));
    host[colon - api] = '\0';

    int runtime = connect_to(host, colon + 1);
    if (runtime < 0) {
        perror("the Runtime API");
        return 1;
    }
    char asked[256];
    int length = snprintf(
        asked, sizeof asked, "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: %s\r\n\r\n", api
    );
    if (write(runtime, asked, (size_t)length) != length) return 1;

    char answer[4096];
    while (read(runtime, answer, sizeof answer) > 0) {
    }
    return 0;
}
