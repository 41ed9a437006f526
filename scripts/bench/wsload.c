/*
 * wsload - WebSocket chat load generator for Linux (one thread, epoll, libc only)
 *
 *   gcc -O2 -Wall -Wextra -o wsload wsload.c
 *   ./wsload [options] ws://127.0.0.1:PORT/PATH
 *
 * It opens N WebSocket connections, lets S of them send chat messages and counts
 * what every connection gets back.  The result is one line of JSON on stdout.
 * Only loopback addresses (127.0.0.0/8) are accepted, and every run is bounded
 * in time.  Raise `ulimit -n` above N before a run.
 *
 * CONNECTING
 *   --conns N            connections to open (default 100)
 *   --rooms K            spread them over K rooms, connection i is in room i % K;
 *                        a message is expected by its own room only (default 1)
 *   --connect-rate R     new connections per second, 0 = no limit (default 0)
 *   --pending P          handshakes in progress at a time (default 64)
 *   --connect-timeout S  give up connecting after S seconds (default 60)
 *   --cookie C           Cookie header of every connection
 *   --cookie-file F      one Cookie value per line; connection i takes line i
 *                        (it starts again at the first line when they run out)
 *   --origin O           Origin header
 *   --header 'K: V'      any further header, repeatable
 *   --subprotocol P      Sec-WebSocket-Protocol
 *   --offer-deflate      offer permessage-deflate, to see whether it is refused
 *                        (use with --duration 0: frames are not inflated)
 *   --open-text T        text frame to send once connected, repeatable, in order
 *   --ready-marker M     a connection is ready once it received M: "ready" counts these,
 *                        "ready_s" is the time from the first connect to the last of them
 *   --reply A=B          answer a received text frame that equals A with B
 *   PATH, --cookie and --open-text may hold {i} (connection) and {room} (six digits).
 *
 * SENDING
 *   --senders S          connections 0..S-1 send, in turn (default 1)
 *   --rate R             open loop: R messages per second over all senders
 *   --window W           closed loop: keep W messages in flight (default 32; a
 *                        message is in flight until the whole room has it)
 *   --warmup S           seconds of load before measuring (default 1)
 *   --duration S         seconds measured; 0 = connect only (default 5)
 *   --settle S           start once nothing arrived for S seconds (default 0.3),
 *   --settle-max S       or after S seconds (default 60)
 *   --drain S            wait up to S seconds for the last messages (default 5)
 *   --hold S             with --duration 0: hold the idle connections (default 0)
 *   --msg T              template; {seq} and {ts} expand to marked fixed-width
 *                        tags (~sSSSSNNNNNNNN: sender, number; ~tTTTTTTTTTTTTTTTT:
 *                        send time in ns; all hex), {pad} to --pad letters, {room}
 *                        to the six digits of the sender's room
 *   --pad N              length of {pad} (default 20)
 *   --spin               poll without sleeping while the load runs: uses a whole core,
 *                        but the server no longer pays for waking this process up
 *                        (an inter-processor interrupt, dear on virtual machines)
 *   --binary             send --msg and --open-text as binary frames
 *   --no-echo            the sender does not get its own message back
 *   \xNN, \n and \\ work in --msg and --open-text.
 *
 * COUNTING
 *   --count-marker M     a delivery is one occurrence of M in a payload; without
 *                        it, one ~t tag.  Several messages in one frame count.
 *   --skip-prefix P      text frames that begin with P are no deliveries (acknowledgements
 *                        that repeat a tag of the message)
 *   --refused-prefix P   text frames that begin with P say that a message was refused:
 *                        "refused" counts them
 *   --stall K            the last K connections stop reading when the load starts
 *                        (slow consumers; they are left out of what is expected)
 *   --pid P[,P...]       server processes: report their CPU seconds and RSS
 *   --cpu C              core the server is pinned to (taskset -c C): report what
 *                        else ran there (core_other), to tell disturbed runs
 *   --rst                close with RST instead of a close frame
 *   --label L            copied to the output
 *
 * OUTPUT, the less obvious fields
 *   deliveries_per_s, cpu    over the measured seconds only; sent, expected,
 *                            received, gaps, ... over warm-up, load and drain
 *   lat_us                   send time to arrival, over all deliveries.  In open
 *                            loop the send time is the scheduled one, so a late
 *                            generator or a blocked sender shows as latency.
 *   gaps/dups                per receiver and sender, {seq} skipped / seen before
 *   server_busy              CPU share of the --pid processes, the kernel's TCP work
 *                            included (but not with CONFIG_IRQ_TIME_ACCOUNTING)
 *   deliveries_per_cpu_s     the number to compare when other work shares the core
 *   core_other               CPU share of everything else on the --cpu core
 *   gen_busy                 CPU share of this program: near 1 means the numbers
 *                            show the generator's limit, not the server's
 *   exit status              0 all connected and everything delivered, 1 not so,
 *                            2 usage
 *
 * A tag must not be split over two WebSocket fragments (FIN=0); servers that
 * fragment messages are counted short.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define NSEC 1000000000ull
#define READ_CHUNK (256u << 10)         /* bytes asked of one recv() */
#define MAX_FRAME (32u << 20)           /* a larger frame fails the connection */
#define MAX_BACKLOG (256u << 10)        /* unsent bytes after which a sender is skipped */
#define MAX_EVENTS 256                  /* per epoll_wait, so that sends stay on time */
#define MAX_LIST 16                     /* --header, --open-text, --pid */
#define HIST_SUB_BITS 6
#define HIST_SIZE (64 << HIST_SUB_BITS)

/* RFC 6455's sample key: the answer is known, so no SHA-1 is needed to check it. */
#define WS_KEY "dGhlIHNhbXBsZSBub25jZQ=="
#define WS_ACCEPT "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

enum { OP_TEXT = 1, OP_BINARY = 2, OP_CLOSE = 8, OP_PING = 9, OP_PONG = 10 };
enum state { UNUSED, CONNECTING, UPGRADING, OPEN, CLOSED };

struct buf {
    uint8_t *data;
    size_t len, cap;
};

struct conn {
    int fd;
    uint8_t state;
    bool stalled, ready;
    uint32_t room;
    uint32_t sent;                      /* messages sent, the last {seq} */
    uint64_t t_start;
    struct buf in;                      /* an incomplete response or frame */
    struct buf out;                     /* bytes the socket did not take yet */
};

struct hist {
    uint64_t count[HIST_SIZE], total, max;
};

static struct {
    struct sockaddr_in addr;
    char hostport[64], path[1024];
    int conns, rooms, pending, senders, window, pad, stall, cpu;
    double connect_rate, connect_timeout, rate, warmup, duration, settle, settle_max, drain, hold;
    const char *cookie, *cookie_file, *origin, *subprotocol, *msg, *marker, *ready_marker, *skip_prefix, *refused_prefix, *label;
    const char *headers[MAX_LIST], *open_text[MAX_LIST];
    int nheaders, nopen, npids;
    int pids[MAX_LIST];
    char *reply_from, *reply_to;
    bool deflate, binary, no_echo, rst, spin;
} opt = {
    .cpu = -1, .conns = 100, .rooms = 1, .pending = 64, .senders = 1, .window = 32, .pad = 20,
    .connect_timeout = 60, .warmup = 1, .duration = 5, .settle = 0.3, .settle_max = 60, .drain = 5,
    .msg = "{seq}{ts} {pad}", .label = "",
};

static struct {
    int started, ok, failed, lost, ready, deflate_accepted;
    uint64_t sent, blocked, refused, expected, received, frames, rsv1, bytes_in, gaps, dups;
    uint64_t last_rx, connect_begun, last_ready;
    int first_close_code;
    char first_error[160];
} st;

static struct conn *conns;
static char **cookies;
static int ncookies;
static uint32_t *last_seq;              /* [connection * senders + sender] */
static int *room_readers;               /* deliveries expected per message in a room */
static struct hist h_connect, h_latency;
static uint8_t *rbuf;                   /* shared by all connections */
static int ep;
static bool spinning;

/* The message template, expanded once; only the tags and the mask change. */
static struct {
    uint8_t *bytes;
    size_t len, seq_at, ts_at, room_at;
    bool has_seq, has_ts, has_room;
} tmpl;

/* ------------------------------------------------------------------ helpers */

static void die(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fprintf(stderr, "wsload: ");
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    exit(2);
}

static void *xalloc(void *old, size_t n)
{
    void *p = realloc(old, n ? n : 1);
    if (!p)
        die("out of memory");
    return p;
}

static uint64_t clock_ns(clockid_t id)
{
    struct timespec ts;
    clock_gettime(id, &ts);
    return (uint64_t)ts.tv_sec * NSEC + (uint64_t)ts.tv_nsec;
}

static uint64_t now_ns(void) { return clock_ns(CLOCK_MONOTONIC); }
static uint64_t ns(double seconds) { return (uint64_t)(seconds * 1e9); }

static void buf_set(struct buf *b, const uint8_t *p, size_t n)
{
    if (n > b->cap)
        b->data = xalloc(b->data, b->cap = n + n / 2);
    memmove(b->data, p, n);
    b->len = n;
}

static void buf_append(struct buf *b, const uint8_t *p, size_t n)
{
    if (b->len + n > b->cap)
        b->data = xalloc(b->data, b->cap = (b->len + n) * 2);
    memcpy(b->data + b->len, p, n);
    b->len += n;
}

/* Log-linear histogram: 64 steps per power of two, so at most 1.6 % off. */
static void hist_add(struct hist *h, uint64_t v)
{
    int shift = v >> HIST_SUB_BITS ? 63 - __builtin_clzll(v) - HIST_SUB_BITS : 0;
    h->count[((size_t)shift << HIST_SUB_BITS) + (v >> shift)]++;
    h->total++;
    if (v > h->max)
        h->max = v;
}

static double hist_quantile(const struct hist *h, double q)
{
    uint64_t want = (uint64_t)(q * (double)h->total), seen = 0;
    for (size_t i = 0; i < HIST_SIZE; i++) {
        seen += h->count[i];
        if (seen > want) {
            int shift = i >> HIST_SUB_BITS ? (int)(i >> HIST_SUB_BITS) - 1 : 0;
            uint64_t low = (uint64_t)(i - ((size_t)shift << HIST_SUB_BITS)) << shift;
            return (double)(low + ((1ull << shift) >> 1));
        }
    }
    return (double)h->max;
}

static void put_hex(uint8_t *p, uint64_t v, int digits)
{
    while (digits--) {
        p[digits] = (uint8_t)"0123456789abcdef"[v & 15];
        v >>= 4;
    }
}

static bool get_hex(const uint8_t *p, int digits, uint64_t *v)
{
    uint64_t r = 0;
    for (int i = 0; i < digits; i++) {
        uint8_t c = p[i];
        uint8_t d = c >= 'a' ? (uint8_t)(c - 'a' + 10) : (uint8_t)(c - '0');
        if (d > 15)
            return false;
        r = r << 4 | d;
    }
    *v = r;
    return true;
}

/* Copies `in` with {i} and {room} filled in. */
static void expand(char *dst, size_t cap, const char *in, int i, int room)
{
    size_t n = 0;
    while (*in && n + 24 < cap) {
        if (!strncmp(in, "{i}", 3)) {
            n += (size_t)sprintf(dst + n, "%d", i);
            in += 3;
        } else if (!strncmp(in, "{room}", 6)) {
            n += (size_t)sprintf(dst + n, "%06d", room);
            in += 6;
        } else {
            dst[n++] = *in++;
        }
    }
    dst[n] = 0;
}

/* Resolves \xNN, \n and \\ in place; returns the length (NUL bytes are allowed). */
static size_t unescape(char *s)
{
    char *d = s;
    for (char *p = s; *p; p++) {
        unsigned x;
        if (p[0] == '\\' && p[1] == 'x' && sscanf(p + 2, "%2x", &x) == 1) {
            *d++ = (char)x;
            p += 3;
        } else if (p[0] == '\\' && (p[1] == '\\' || p[1] == 'n')) {
            *d++ = p[1] == 'n' ? '\n' : '\\';
            p++;
        } else {
            *d++ = *p;
        }
    }
    *d = 0;
    return (size_t)(d - s);
}

/* CPU nanoseconds of the server processes, over all their threads. */
static uint64_t server_cpu(void)
{
    uint64_t sum = 0;
    for (int i = 0; i < opt.npids; i++) {
        char path[300];
        snprintf(path, sizeof path, "/proc/%d/task", opt.pids[i]);
        DIR *d = opendir(path);
        struct dirent *e;
        while (d && (e = readdir(d))) {
            unsigned long long run;
            snprintf(path, sizeof path, "/proc/%d/task/%s/schedstat", opt.pids[i], e->d_name);
            FILE *f = e->d_name[0] == '.' ? NULL : fopen(path, "r");
            if (!f)
                continue;
            if (fscanf(f, "%llu", &run) == 1)
                sum += run;
            fclose(f);
        }
        if (d)
            closedir(d);
    }
    return sum;
}

static long server_rss_kib(void)
{
    long sum = 0;
    for (int i = 0; i < opt.npids; i++) {
        char path[64];
        long size, pages;
        snprintf(path, sizeof path, "/proc/%d/statm", opt.pids[i]);
        FILE *f = fopen(path, "r");
        if (!f)
            continue;
        if (fscanf(f, "%ld %ld", &size, &pages) == 2)
            sum += pages * (sysconf(_SC_PAGESIZE) / 1024);
        fclose(f);
    }
    return sum;
}

/* Nanoseconds the core given with --cpu has been busy since boot. */
static uint64_t core_busy(void)
{
    unsigned long long v[7] = { 0 };    /* user nice system idle iowait irq softirq */
    char line[256], want[16];
    FILE *f = opt.cpu < 0 ? NULL : fopen("/proc/stat", "r");

    if (!f)
        return 0;
    snprintf(want, sizeof want, "cpu%d ", opt.cpu);
    while (fgets(line, sizeof line, f))
        if (!strncmp(line, want, strlen(want)))
            sscanf(line + strlen(want), "%llu %llu %llu %llu %llu %llu %llu", &v[0], &v[1], &v[2], &v[3],
                   &v[4], &v[5], &v[6]);
    fclose(f);
    return (v[0] + v[1] + v[2] + v[5] + v[6]) * (NSEC / (uint64_t)sysconf(_SC_CLK_TCK));
}

/* -------------------------------------------------------------- connections */

static int index_of(const struct conn *c) { return (int)(c - conns); }

static void watch(struct conn *c, int op)
{
    struct epoll_event ev = { .data.u32 = (uint32_t)index_of(c) };
    if (!c->stalled)
        ev.events = EPOLLIN;
    if (c->state == CONNECTING || c->out.len)
        ev.events |= EPOLLOUT;
    epoll_ctl(ep, op, c->fd, &ev);
}

static void drop(struct conn *c, const char *why)
{
    if (c->state == CLOSED)
        return;
    if (c->state == OPEN)
        st.lost++;
    else
        st.failed++;
    if (!st.first_error[0])
        snprintf(st.first_error, sizeof st.first_error, "connection %d: %s", index_of(c), why);
    c->state = CLOSED;
    close(c->fd);
}

static void conn_write(struct conn *c, const uint8_t *p, size_t n)
{
    if (!c->out.len) {
        ssize_t w = send(c->fd, p, n, MSG_NOSIGNAL);
        if (w < 0 && errno != EAGAIN) {
            drop(c, strerror(errno));
            return;
        }
        if (w > 0)
            p += w, n -= (size_t)w;
        if (!n)
            return;
        buf_append(&c->out, p, n);
        watch(c, EPOLL_CTL_MOD);
    } else {
        buf_append(&c->out, p, n);
    }
}

static void conn_flush(struct conn *c)
{
    ssize_t w = send(c->fd, c->out.data, c->out.len, MSG_NOSIGNAL);
    if (w < 0) {
        if (errno != EAGAIN)
            drop(c, strerror(errno));
        return;
    }
    c->out.len -= (size_t)w;
    memmove(c->out.data, c->out.data + w, c->out.len);
    if (!c->out.len)
        watch(c, EPOLL_CTL_MOD);
}

/* Sends one masked client frame. */
static void ws_send(struct conn *c, int opcode, const uint8_t *p, size_t n)
{
    static uint32_t rng = 2463534242u;
    static uint8_t *f;
    static size_t cap;
    uint8_t mask[4];
    size_t h = 2;

    if (n + 14 > cap)
        f = xalloc(f, cap = n + 64);
    f[0] = (uint8_t)(0x80 | opcode);
    if (n < 126) {
        f[1] = (uint8_t)(0x80 | n);
    } else if (n < 65536) {
        f[1] = 0x80 | 126;
        f[h++] = (uint8_t)(n >> 8);
        f[h++] = (uint8_t)n;
    } else {
        f[1] = 0x80 | 127;
        for (int s = 56; s >= 0; s -= 8)
            f[h++] = (uint8_t)((uint64_t)n >> s);
    }
    rng ^= rng << 13, rng ^= rng >> 17, rng ^= rng << 5;
    memcpy(mask, &rng, 4);
    memcpy(f + h, mask, 4);
    h += 4;
    for (size_t i = 0; i < n; i++)
        f[h + i] = p[i] ^ mask[i & 3];
    conn_write(c, f, h + n);
}

static void conn_start(int i)
{
    struct conn *c = &conns[i];
    int one = 1;

    c->room = (uint32_t)(i % opt.rooms);
    c->t_start = now_ns();
    c->state = CONNECTING;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c->fd < 0) {
        drop(c, strerror(errno));
        return;
    }
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(c->fd, (struct sockaddr *)&opt.addr, sizeof opt.addr) < 0 && errno != EINPROGRESS) {
        drop(c, strerror(errno));
        return;
    }
    watch(c, EPOLL_CTL_ADD);
}

static void send_upgrade(struct conn *c)
{
    char req[16384], path[2048], cookie[4096];
    int i = index_of(c), err = 0;
    socklen_t len = sizeof err;
    size_t n;

    getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &err, &len);
    if (err) {
        drop(c, strerror(err));
        return;
    }
    expand(path, sizeof path, opt.path, i, (int)c->room);
    n = (size_t)snprintf(req, sizeof req,
        "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: " WS_KEY "\r\nSec-WebSocket-Version: 13\r\n", path, opt.hostport);
    if (ncookies || opt.cookie) {
        expand(cookie, sizeof cookie, ncookies ? cookies[i % ncookies] : opt.cookie, i, (int)c->room);
        n += (size_t)snprintf(req + n, sizeof req - n, "Cookie: %s\r\n", cookie);
    }
    if (opt.origin)
        n += (size_t)snprintf(req + n, sizeof req - n, "Origin: %s\r\n", opt.origin);
    if (opt.subprotocol)
        n += (size_t)snprintf(req + n, sizeof req - n, "Sec-WebSocket-Protocol: %s\r\n", opt.subprotocol);
    if (opt.deflate)
        n += (size_t)snprintf(req + n, sizeof req - n,
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");
    for (int k = 0; k < opt.nheaders && n < sizeof req; k++)
        n += (size_t)snprintf(req + n, sizeof req - n, "%s\r\n", opt.headers[k]);
    if (n + 3 > sizeof req)
        die("request headers too long");
    memcpy(req + n, "\r\n", 2);
    c->state = UPGRADING;
    watch(c, EPOLL_CTL_MOD);
    conn_write(c, (uint8_t *)req, n + 2);
}

/* Takes the HTTP response; returns the bytes used, 0 while it is incomplete. */
static size_t take_response(struct conn *c, uint8_t *p, size_t n)
{
    uint8_t *end = memmem(p, n, "\r\n\r\n", 4);
    char why[64];
    int code = 0;

    if (!end) {
        if (n > 65536)
            drop(c, "endless response header");
        return 0;
    }
    end[2] = 0;
    if (sscanf((char *)p, "HTTP/1.1 %d", &code) != 1 || code != 101) {
        snprintf(why, sizeof why, "handshake answered with status %d", code);
        drop(c, why);
        return 0;
    }
    if (!strstr((char *)p, WS_ACCEPT)) {
        drop(c, "wrong Sec-WebSocket-Accept");
        return 0;
    }
    if (strcasestr((char *)p, "\r\nsec-websocket-extensions:"))
        st.deflate_accepted++;
    c->state = OPEN;
    st.ok++;
    hist_add(&h_connect, now_ns() - c->t_start);
    for (int k = 0; k < opt.nopen && c->state == OPEN; k++) {
        char text[8192];
        expand(text, sizeof text, opt.open_text[k], index_of(c), (int)c->room);
        size_t len = unescape(text);
        ws_send(c, opt.binary ? OP_BINARY : OP_TEXT, (uint8_t *)text, len);
    }
    return (size_t)(end - p) + 4;
}

/* Counts the messages in a payload and reads their ~s and ~t tags. */
static void scan_payload(struct conn *c, const uint8_t *p, size_t n, uint64_t now)
{
    const uint8_t *end = p + n, *q = p;
    uint64_t v;

    if (opt.marker) {
        size_t len = strlen(opt.marker);
        while ((q = memmem(q, (size_t)(end - q), opt.marker, len))) {
            st.received++;
            q += len;
        }
        q = p;
    }
    while ((q = memchr(q, '~', (size_t)(end - q)))) {
        q++;
        if (end - q >= 17 && *q == 't' && get_hex(q + 1, 16, &v)) {
            q += 17;
            if (!opt.marker)
                st.received++;
            hist_add(&h_latency, now > v ? now - v : 0);
        } else if (end - q >= 13 && *q == 's' && get_hex(q + 1, 12, &v)) {
            uint32_t sender = (uint32_t)(v >> 32), seq = (uint32_t)v;
            q += 13;
            if (!last_seq || sender >= (uint32_t)opt.senders)
                continue;
            uint32_t *last = &last_seq[(size_t)index_of(c) * (size_t)opt.senders + sender];
            if (seq > *last) {
                st.gaps += seq - *last - 1;
                *last = seq;
            } else {
                st.dups++;
            }
        }
    }
}

static void take_frame(struct conn *c, int b0, uint8_t *p, size_t n, uint64_t now)
{
    int opcode = b0 & 15;

    st.frames++;
    if (b0 & 0x40)
        st.rsv1++;
    switch (opcode) {
    case OP_PING:
        ws_send(c, OP_PONG, p, n);
        break;
    case OP_PONG:
        break;
    case OP_CLOSE: {
        char why[64];
        int code = n >= 2 ? p[0] << 8 | p[1] : 1005;
        if (!st.first_close_code)
            st.first_close_code = code;
        snprintf(why, sizeof why, "closed by the server, code %d", code);
        drop(c, why);
        break;
    }
    default:
        if (opt.reply_from && n == strlen(opt.reply_from) && !memcmp(p, opt.reply_from, n))
            ws_send(c, OP_TEXT, (uint8_t *)opt.reply_to, strlen(opt.reply_to));
        if (opt.ready_marker && !c->ready && memmem(p, n, opt.ready_marker, strlen(opt.ready_marker))) {
            c->ready = true;
            st.ready++;
            st.last_ready = now;
        }
        if (opt.refused_prefix && n >= strlen(opt.refused_prefix)
            && !memcmp(p, opt.refused_prefix, strlen(opt.refused_prefix)))
            st.refused++;
        else if (!opt.skip_prefix || n < strlen(opt.skip_prefix) || memcmp(p, opt.skip_prefix, strlen(opt.skip_prefix)))
            scan_payload(c, p, n, now);
    }
}

/* Takes every complete frame; returns the bytes used. */
static size_t take_frames(struct conn *c, uint8_t *p, size_t n, uint64_t now)
{
    size_t off = 0;

    while (c->state == OPEN && n - off >= 2) {
        uint8_t *f = p + off;
        uint64_t len = f[1] & 127;
        size_t h = 2;

        if (f[1] & 0x80) {
            drop(c, "masked frame from the server");
            break;
        }
        if (len == 126) {
            if (n - off < 4)
                break;
            len = (uint64_t)f[2] << 8 | f[3];
            h = 4;
        } else if (len == 127) {
            if (n - off < 10)
                break;
            len = 0;
            for (int i = 2; i < 10; i++)
                len = len << 8 | f[i];
            h = 10;
        }
        if (len > MAX_FRAME) {
            drop(c, "frame too large");
            break;
        }
        if (n - off < h + len)
            break;
        take_frame(c, f[0], f + h, (size_t)len, now);
        off += h + (size_t)len;
    }
    return off;
}

static void conn_read(struct conn *c)
{
    size_t have = c->in.len, used = 0;

    /* An incomplete rest goes first, so that frames are always contiguous. */
    if (have)
        memcpy(rbuf, c->in.data, have);
    ssize_t r = recv(c->fd, rbuf + have, READ_CHUNK, 0);
    if (r <= 0) {
        if (r == 0 || errno != EAGAIN)
            drop(c, r == 0 ? "connection ended" : strerror(errno));
        return;
    }
    uint64_t now = now_ns();
    size_t n = have + (size_t)r;
    st.bytes_in += (uint64_t)r;
    st.last_rx = now;
    if (c->state == UPGRADING)
        used = take_response(c, rbuf, n);
    if (c->state == OPEN)
        used += take_frames(c, rbuf + used, n - used, now);
    if (c->state == CLOSED)
        return;
    if (used < n) {
        buf_set(&c->in, rbuf + used, n - used);
    } else if (c->in.cap > 65536) {
        free(c->in.data);
        c->in = (struct buf){ 0 };
    } else {
        c->in.len = 0;
    }
}

/* Waits for events until `until` at the latest, and handles one batch of them. */
static void poll_once(uint64_t until)
{
    struct epoll_event ev[MAX_EVENTS];
    uint64_t now = now_ns(), wait = until > now && !spinning ? until - now : 0;
    struct timespec ts = { (time_t)(wait / NSEC), (long)(wait % NSEC) };
    int n = epoll_pwait2(ep, ev, MAX_EVENTS, &ts, NULL);

    for (int i = 0; i < n; i++) {
        struct conn *c = &conns[ev[i].data.u32];
        if (c->state == CONNECTING) {
            send_upgrade(c);
            continue;
        }
        if (c->state != CLOSED && (ev[i].events & EPOLLOUT))
            conn_flush(c);
        if (c->state != CLOSED && (ev[i].events & ~EPOLLOUT))
            conn_read(c);
    }
}

/* ------------------------------------------------------------------ phases */

/* Returns the seconds it took until the last handshake was done. */
static double connect_all(void)
{
    uint64_t t0 = now_ns(), now = t0, deadline = t0 + ns(opt.connect_timeout), due;

    st.connect_begun = t0;
    while (st.ok + st.failed < opt.conns && now < deadline) {
        due = deadline;
        while (st.started < opt.conns && st.started - st.ok - st.failed < opt.pending) {
            if (opt.connect_rate > 0) {
                due = t0 + ns(st.started / opt.connect_rate);
                if (due > now)
                    break;
            }
            conn_start(st.started++);
        }
        poll_once(due < deadline ? due : deadline);
        now = now_ns();
    }
    for (int i = 0; i < st.started; i++)
        if (conns[i].state == CONNECTING || conns[i].state == UPGRADING)
            drop(&conns[i], "timeout");
    return (double)(now - t0) / 1e9;
}

static void settle(void)
{
    uint64_t deadline = now_ns() + ns(opt.settle_max), now;

    st.last_rx = now_ns();
    while ((now = now_ns()) < deadline && now < st.last_rx + ns(opt.settle))
        poll_once(st.last_rx + ns(opt.settle));
}

static void wait_for(double seconds)
{
    uint64_t end = now_ns() + ns(seconds);
    while (now_ns() < end)
        poll_once(end);
}

static void send_message(uint64_t t_send)
{
    int sender = (int)(st.sent % (uint64_t)opt.senders);
    struct conn *c = &conns[sender];

    if (c->state != OPEN || c->out.len > MAX_BACKLOG) {
        st.blocked++;
        st.sent++;
        return;
    }
    c->sent++;
    if (tmpl.has_seq) {
        put_hex(tmpl.bytes + tmpl.seq_at, (uint64_t)sender, 4);
        put_hex(tmpl.bytes + tmpl.seq_at + 4, c->sent, 8);
    }
    if (tmpl.has_ts)
        put_hex(tmpl.bytes + tmpl.ts_at, t_send, 16);
    if (tmpl.has_room) {
        char digits[16];
        snprintf(digits, sizeof digits, "%06u", c->room);
        memcpy(tmpl.bytes + tmpl.room_at, digits, 6);
    }
    ws_send(c, opt.binary ? OP_BINARY : OP_TEXT, tmpl.bytes, tmpl.len);
    st.sent++;
    st.expected += (uint64_t)room_readers[c->room];
}

struct sample {
    uint64_t t, received, bytes, frames, server_cpu, own_cpu, core_busy;
};

static struct sample take_sample(void)
{
    return (struct sample){ now_ns(), st.received, st.bytes_in, st.frames, server_cpu(),
                            clock_ns(CLOCK_PROCESS_CPUTIME_ID), core_busy() };
}

/* Runs the load; returns false if the closed loop stopped moving. */
static bool run_load(struct sample *first, struct sample *last)
{
    uint64_t t0 = now_ns(), t_measure = t0 + ns(opt.warmup), t_end = t_measure + ns(opt.duration);
    uint64_t now, moved = t0, seen = 0;
    int64_t in_flight = (int64_t)(st.ok / opt.rooms) * opt.window;      /* deliveries, closed loop */
    bool measuring = false, moving = true;

    spinning = opt.spin;
    *first = take_sample();
    while ((now = now_ns()) < t_end && moving) {
        uint64_t next = t_end;
        if (!measuring && now >= t_measure) {
            measuring = true;
            memset(&h_latency, 0, sizeof h_latency);
            *first = take_sample();
        }
        if (opt.rate > 0) {
            uint64_t due;
            while ((due = t0 + ns((double)st.sent / opt.rate)) <= now)
                send_message(due);
            next = due;
        } else {
            for (int burst = 0; burst < 64 && (int64_t)(st.expected - st.received) < in_flight
                 && st.blocked == 0; burst++)
                send_message(now_ns());
            if (st.received != seen)
                seen = st.received, moved = now;
            moving = now - moved < 5 * NSEC && st.blocked == 0;
            next = now + NSEC / 10;
        }
        if (!measuring && next > t_measure)
            next = t_measure;
        poll_once(next < t_end ? next : t_end);
    }
    *last = take_sample();
    spinning = false;
    return moving;
}

static void drain(void)
{
    uint64_t end = now_ns() + ns(opt.drain);
    while (st.received < st.expected && now_ns() < end)
        poll_once(end < now_ns() + NSEC / 10 ? end : now_ns() + NSEC / 10);
}

static void close_all(void)
{
    struct linger rst = { 1, 0 };
    for (int i = 0; i < opt.conns; i++) {
        struct conn *c = &conns[i];
        if (c->state != OPEN)
            continue;
        if (opt.rst)
            setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &rst, sizeof rst);
        else
            ws_send(c, OP_CLOSE, (const uint8_t *)"\x03\xe8", 2);
        if (c->state == OPEN)
            close(c->fd);
        c->state = CLOSED;
    }
}

/* ------------------------------------------------------------------- setup */

static void parse_url(const char *url)
{
    char host[48];
    int port = 0, used = 0;

    if (sscanf(url, "ws://%47[^:/]:%d%n", host, &port, &used) != 2)
        die("the address must look like ws://127.0.0.1:PORT/PATH");
    if (!strcmp(host, "localhost"))
        strcpy(host, "127.0.0.1");
    opt.addr.sin_family = AF_INET;
    opt.addr.sin_port = htons((uint16_t)port);
    if (inet_pton(AF_INET, host, &opt.addr.sin_addr) != 1 || ntohl(opt.addr.sin_addr.s_addr) >> 24 != 127)
        die("only loopback addresses are allowed, not %s", host);
    snprintf(opt.hostport, sizeof opt.hostport, "%s:%d", host, port);
    snprintf(opt.path, sizeof opt.path, "%s", url[used] ? url + used : "/");
}

static void load_cookies(void)
{
    char line[4096];
    FILE *f = fopen(opt.cookie_file, "r");

    if (!f)
        die("%s: %s", opt.cookie_file, strerror(errno));
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\r\n")] = 0;
        if (!line[0])
            continue;
        cookies = xalloc(cookies, sizeof *cookies * (size_t)(ncookies + 1));
        cookies[ncookies++] = strdup(line);
    }
    fclose(f);
    if (!ncookies)
        die("%s: no cookies", opt.cookie_file);
}

static void build_template(void)
{
    char *text = strdup(opt.msg), *p, *end;
    size_t len = unescape(text);
    uint8_t *d = tmpl.bytes = xalloc(NULL, len + (size_t)opt.pad + 64);
    bool has_pad = false;               /* each placeholder works once */

    for (p = text, end = text + len; p < end;) {
        if (!strncmp(p, "{seq}", 5) && !tmpl.has_seq) {
            memcpy(d, "~s", 2);
            tmpl.seq_at = (size_t)(d + 2 - tmpl.bytes);
            tmpl.has_seq = true;
            d += 14, p += 5;
        } else if (!strncmp(p, "{ts}", 4) && !tmpl.has_ts) {
            memcpy(d, "~t", 2);
            tmpl.ts_at = (size_t)(d + 2 - tmpl.bytes);
            tmpl.has_ts = true;
            d += 18, p += 4;
        } else if (!strncmp(p, "{room}", 6) && !tmpl.has_room) {
            tmpl.room_at = (size_t)(d - tmpl.bytes);
            tmpl.has_room = true;
            d += 6, p += 6;
        } else if (!strncmp(p, "{pad}", 5) && !has_pad) {
            memset(d, 'x', (size_t)opt.pad);
            has_pad = true;
            d += opt.pad, p += 5;
        } else {
            *d++ = (uint8_t)*p++;
        }
    }
    tmpl.len = (size_t)(d - tmpl.bytes);
    free(text);
    if (!tmpl.has_ts && !opt.marker && opt.duration > 0)
        die("--msg needs {ts}, or give --count-marker");
}

static void parse_args(int argc, char **argv)
{
    enum { CONNS = 256, ROOMS, CRATE, PENDING, CTIMEOUT, COOKIE, COOKIEFILE, ORIGIN, HEADER, SUBPROTO,
           DEFLATE, OPENTEXT, REPLY, SENDERS, RATE, WINDOW, WARMUP, DURATION, SETTLE, SETTLEMAX, DRAIN,
           HOLD, MSG, PAD, BINARY, NOECHO, MARKER, READYMARKER, SKIPPREFIX, REFUSEDPREFIX, STALL, PID, CPU, SPIN, RST, LABEL, HELP };
    static const struct option longs[] = {
        { "conns", 1, 0, CONNS }, { "rooms", 1, 0, ROOMS }, { "connect-rate", 1, 0, CRATE },
        { "pending", 1, 0, PENDING }, { "connect-timeout", 1, 0, CTIMEOUT }, { "cookie", 1, 0, COOKIE },
        { "cookie-file", 1, 0, COOKIEFILE }, { "origin", 1, 0, ORIGIN }, { "header", 1, 0, HEADER },
        { "subprotocol", 1, 0, SUBPROTO }, { "offer-deflate", 0, 0, DEFLATE },
        { "open-text", 1, 0, OPENTEXT }, { "reply", 1, 0, REPLY }, { "senders", 1, 0, SENDERS },
        { "rate", 1, 0, RATE }, { "window", 1, 0, WINDOW }, { "warmup", 1, 0, WARMUP },
        { "duration", 1, 0, DURATION }, { "settle", 1, 0, SETTLE }, { "settle-max", 1, 0, SETTLEMAX },
        { "drain", 1, 0, DRAIN }, { "hold", 1, 0, HOLD }, { "msg", 1, 0, MSG }, { "pad", 1, 0, PAD },
        { "binary", 0, 0, BINARY }, { "no-echo", 0, 0, NOECHO }, { "count-marker", 1, 0, MARKER }, { "ready-marker", 1, 0, READYMARKER },
        { "skip-prefix", 1, 0, SKIPPREFIX }, { "refused-prefix", 1, 0, REFUSEDPREFIX },
        { "stall", 1, 0, STALL }, { "pid", 1, 0, PID }, { "cpu", 1, 0, CPU }, { "spin", 0, 0, SPIN }, { "rst", 0, 0, RST }, { "label", 1, 0, LABEL },
        { "help", 0, 0, HELP }, { 0, 0, 0, 0 },
    };
    int o;

    while ((o = getopt_long(argc, argv, "", longs, NULL)) != -1) {
        switch (o) {
        case CONNS: opt.conns = atoi(optarg); break;
        case ROOMS: opt.rooms = atoi(optarg); break;
        case CRATE: opt.connect_rate = atof(optarg); break;
        case PENDING: opt.pending = atoi(optarg); break;
        case CTIMEOUT: opt.connect_timeout = atof(optarg); break;
        case COOKIE: opt.cookie = optarg; break;
        case COOKIEFILE: opt.cookie_file = optarg; break;
        case ORIGIN: opt.origin = optarg; break;
        case SUBPROTO: opt.subprotocol = optarg; break;
        case DEFLATE: opt.deflate = true; break;
        case SENDERS: opt.senders = atoi(optarg); break;
        case RATE: opt.rate = atof(optarg); break;
        case WINDOW: opt.window = atoi(optarg); break;
        case WARMUP: opt.warmup = atof(optarg); break;
        case DURATION: opt.duration = atof(optarg); break;
        case SETTLE: opt.settle = atof(optarg); break;
        case SETTLEMAX: opt.settle_max = atof(optarg); break;
        case DRAIN: opt.drain = atof(optarg); break;
        case HOLD: opt.hold = atof(optarg); break;
        case MSG: opt.msg = optarg; break;
        case PAD: opt.pad = atoi(optarg); break;
        case BINARY: opt.binary = true; break;
        case NOECHO: opt.no_echo = true; break;
        case MARKER: opt.marker = optarg; break;
        case SKIPPREFIX: opt.skip_prefix = optarg; break;
        case REFUSEDPREFIX: opt.refused_prefix = optarg; break;
        case READYMARKER: opt.ready_marker = optarg; break;
        case STALL: opt.stall = atoi(optarg); break;
        case CPU: opt.cpu = atoi(optarg); break;
        case SPIN: opt.spin = true; break;
        case RST: opt.rst = true; break;
        case LABEL: opt.label = optarg; break;
        case HEADER:
            if (opt.nheaders == MAX_LIST)
                die("too many --header");
            opt.headers[opt.nheaders++] = optarg;
            break;
        case OPENTEXT:
            if (opt.nopen == MAX_LIST)
                die("too many --open-text");
            opt.open_text[opt.nopen++] = optarg;
            break;
        case REPLY:
            opt.reply_from = strdup(optarg);
            opt.reply_to = strchr(opt.reply_from, '=');
            if (!opt.reply_to)
                die("--reply takes A=B");
            *opt.reply_to++ = 0;
            break;
        case PID:
            for (char *t = strtok(optarg, ","); t && opt.npids < MAX_LIST; t = strtok(NULL, ","))
                opt.pids[opt.npids++] = atoi(t);
            break;
        default:
            die("see the header of wsload.c for the options");
        }
    }
    if (optind + 1 != argc)
        die("exactly one ws:// address is needed");
    parse_url(argv[optind]);
    if (opt.conns < 1 || opt.rooms < 1 || opt.conns % opt.rooms || opt.senders < 1 || opt.senders > 65535
        || opt.senders + opt.stall > opt.conns || opt.pending < 1 || opt.window < 1 || opt.pad < 0
        || opt.stall < 0)
        die("numbers out of range (conns must be a multiple of rooms, senders + stall at most conns)");
}

static void print_hist(const char *name, const struct hist *h)
{
    printf(",\"%s\":{\"n\":%llu,\"p50\":%.1f,\"p90\":%.1f,\"p99\":%.1f,\"p999\":%.1f,\"max\":%.1f}", name,
           (unsigned long long)h->total, hist_quantile(h, .5) / 1e3, hist_quantile(h, .9) / 1e3,
           hist_quantile(h, .99) / 1e3, hist_quantile(h, .999) / 1e3, (double)h->max / 1e3);
}

int main(int argc, char **argv)
{
    struct sample a, b;
    long rss_before, rss_idle;
    double connect_s;
    bool moving = true;

    parse_args(argc, argv);
    if (opt.cookie_file)
        load_cookies();
    build_template();
    signal(SIGPIPE, SIG_IGN);
    alarm((unsigned)(opt.connect_timeout + opt.settle_max + opt.warmup + opt.duration + opt.drain + opt.hold) + 30);
    ep = epoll_create1(EPOLL_CLOEXEC);
    conns = xalloc(NULL, sizeof *conns * (size_t)opt.conns);
    memset(conns, 0, sizeof *conns * (size_t)opt.conns);
    rbuf = xalloc(NULL, MAX_FRAME + READ_CHUNK + 65536);
    room_readers = xalloc(NULL, sizeof *room_readers * (size_t)opt.rooms);
    memset(room_readers, 0, sizeof *room_readers * (size_t)opt.rooms);
    if (tmpl.has_seq && (uint64_t)opt.conns * (uint64_t)opt.senders <= 64u << 20)
        last_seq = calloc((size_t)opt.conns * (size_t)opt.senders, sizeof *last_seq);

    rss_before = server_rss_kib();
    a = take_sample();
    connect_s = connect_all();
    uint64_t connect_cpu = server_cpu() - a.server_cpu;
    settle();
    wait_for(opt.hold);
    rss_idle = server_rss_kib();

    for (int i = 0; i < opt.conns; i++) {
        struct conn *c = &conns[i];
        if (c->state == OPEN && i >= opt.conns - opt.stall) {
            c->stalled = true;
            watch(c, EPOLL_CTL_MOD);
        } else if (c->state == OPEN) {
            room_readers[c->room]++;
        }
    }
    for (int r = 0; r < opt.rooms && opt.no_echo; r++)
        room_readers[r]--;
    a = b = take_sample();
    if (opt.duration > 0 && st.ok) {
        moving = run_load(&a, &b);
        drain();
    }

    double secs = (double)(b.t - a.t) / 1e9, cpu = (double)(b.server_cpu - a.server_cpu) / 1e9;
    double got = (double)(b.received - a.received), own = (double)(b.own_cpu - a.own_cpu) / 1e9;
    bool complete = st.ok == opt.conns && !st.lost && st.received == st.expected && !st.gaps && !st.dups;

    printf("{\"label\":\"%s\",\"conns\":%d,\"rooms\":%d,\"senders\":%d,\"rate\":%g,\"window\":%d", opt.label,
           opt.conns, opt.rooms, opt.senders, opt.rate, opt.rate > 0 ? 0 : opt.window);
    printf(",\"ok\":%d,\"failed\":%d,\"lost\":%d,\"connect_s\":%.3f,\"handshakes_per_s\":%.0f,\"connect_cpu_s\":%.3f",
           st.ok, st.failed, st.lost, connect_s, st.ok / connect_s, (double)connect_cpu / 1e9);
    if (opt.ready_marker)
        printf(",\"ready\":%d,\"ready_s\":%.3f", st.ready,
               st.ready ? (double)(st.last_ready - st.connect_begun) / 1e9 : 0);
    print_hist("connect_us", &h_connect);
    printf(",\"refused\":%llu", (unsigned long long)st.refused);
    printf(",\"sent\":%llu,\"blocked\":%llu,\"expected\":%llu,\"received\":%llu,\"gaps\":%llu,\"dups\":%llu",
           (unsigned long long)(st.sent - st.blocked), (unsigned long long)st.blocked,
           (unsigned long long)st.expected, (unsigned long long)st.received, (unsigned long long)st.gaps,
           (unsigned long long)st.dups);
    printf(",\"seconds\":%.3f,\"deliveries_per_s\":%.0f,\"bytes_per_s\":%.0f,\"frames_per_s\":%.0f", secs,
           secs > 0 ? got / secs : 0, secs > 0 ? (double)(b.bytes - a.bytes) / secs : 0,
           secs > 0 ? (double)(b.frames - a.frames) / secs : 0);
    print_hist("lat_us", &h_latency);
    printf(",\"bytes_in\":%llu,\"gen_cpu_s\":%.3f,\"gen_busy\":%.3f", (unsigned long long)st.bytes_in, own,
           secs > 0 ? own / secs : 0);
    if (opt.npids)
        printf(",\"server_cpu_s\":%.3f,\"server_busy\":%.3f,\"deliveries_per_cpu_s\":%.0f,\"rss_before_kib\":%ld,"
               "\"rss_idle_kib\":%ld,\"rss_end_kib\":%ld,\"rss_per_conn_kib\":%.2f", cpu, secs > 0 ? cpu / secs : 0,
               cpu > 0 ? got / cpu : 0, rss_before, rss_idle, server_rss_kib(),
               st.ok ? (double)(rss_idle - rss_before) / st.ok : 0);
    if (opt.cpu >= 0 && secs > 0) {
        double busy = (double)(b.core_busy - a.core_busy) / 1e9 / secs;
        printf(",\"core_busy\":%.3f,\"core_other\":%.3f", busy, busy > cpu / secs ? busy - cpu / secs : 0);
    }
    printf(",\"deflate_accepted\":%d,\"rsv1_frames\":%llu,\"stalled\":%s,\"complete\":%s,\"close_code\":%d,"
           "\"error\":\"%s\"}\n", st.deflate_accepted, (unsigned long long)st.rsv1, moving ? "false" : "true",
           complete ? "true" : "false", st.first_close_code, st.first_error);
    close_all();
    return complete ? 0 : 1;
}
