/*
 * The wall: what one write() a message and connection costs in bare C, with no chat behind it. Whoever does not put
 * several messages into one write cannot be faster.
 *
 *   gcc -O2 -o wall wall.c && ./wall PORT
 *
 * One thread, epoll. Each text message comes back to all connections in a constant envelope. An experiment for
 * wsload on the loopback interface alone: the handshake's key is taken for granted, and who is 16 MiB behind is cut.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 20000                      /* connections */
#define MOST_IN 16384                   /* bytes of one incoming message */
#define MOST_UNSENT (16u << 20)

/* RFC 6455's sample key, which wsload sends. */
static const char WELCOME[] =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

struct peer {
    int fd, place;                      /* place: in all[], -1 before the handshake */
    size_t got, unsent;
    uint8_t *rest;                      /* what the socket did not take yet */
    uint8_t in[MOST_IN];
};

static struct peer *all[MOST];
static int count, poller;
static unsigned long messages;

static void watch(struct peer *p, uint32_t events, int how)
{
    epoll_ctl(poller, how, p->fd, &(struct epoll_event){ .events = events, .data.ptr = p });
}

/* Its descriptor stays open until this turn's events are through, so that none of them means another connection. */
static void cut(struct peer *p) { shutdown(p->fd, SHUT_RDWR); }

static void forget(struct peer *p)
{
    if (p->place >= 0) {
        all[p->place] = all[--count];
        all[p->place]->place = p->place;
    }
    close(p->fd);
    free(p->rest);
    free(p);
}

static void send_to(struct peer *p, const uint8_t *bytes, size_t length)
{
    if (p->unsent == 0) {
        ssize_t took = write(p->fd, bytes, length);
        if (took == (ssize_t)length) return;
        if (took < 0 && errno != EAGAIN) return;
        if (took > 0) { bytes += took; length -= took; }
        watch(p, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
    }
    if (p->unsent + length > MOST_UNSENT) return cut(p);
    p->rest = realloc(p->rest, p->unsent + length);
    memcpy(p->rest + p->unsent, bytes, length);
    p->unsent += length;
}

static void send_rest(struct peer *p)
{
    ssize_t took = write(p->fd, p->rest, p->unsent);
    if (took <= 0) return;
    p->unsent -= took;
    memmove(p->rest, p->rest + took, p->unsent);
    if (p->unsent == 0) watch(p, EPOLLIN, EPOLL_CTL_MOD);
}

/* One frame, once; then one write() to each. */
static void tell(const uint8_t *text, size_t length)
{
    static uint8_t frame[MOST_IN + 256];
    char head[160];
    int before = snprintf(head, sizeof head,
        "{\"id\":%lu,\"type\":\"chat\",\"user\":{\"id\":1,\"name\":\"user 1\",\"imageid\":\"1\"},\"data\":\"", ++messages);
    size_t whole = before + length + 2;
    uint8_t *at = frame;
    *at++ = 0x81;
    if (whole < 126) {
        *at++ = whole;
    } else {
        *at++ = 126;
        *at++ = whole >> 8;
        *at++ = whole;
    }
    at = mempcpy(at, head, before);
    at = mempcpy(at, text, length);
    at = mempcpy(at, "\"}", 2);
    for (int i = 0; i < count; i++) send_to(all[i], frame, at - frame);
}

/* The whole frames that came, unmasked in place. */
static void take(struct peer *p)
{
    size_t at = 0;
    while (p->got - at >= 6) {
        uint8_t *frame = p->in + at, *mask;
        size_t length = frame[1] & 127, header = length == 126 ? 8 : 6;
        if (length == 126) length = frame[2] << 8 | frame[3];
        if (length == 127 || header + length > MOST_IN || (frame[0] & 15) == 8) return cut(p);
        if (p->got - at < header + length) break;
        mask = frame + header - 4;
        for (size_t i = 0; i < length; i++) frame[header + i] ^= mask[i & 3];
        if ((frame[0] & 15) == 1) tell(frame + header, length);
        at += header + length;
    }
    p->got -= at;
    memmove(p->in, p->in + at, p->got);
}

static void hear(struct peer *p)
{
    ssize_t came = read(p->fd, p->in + p->got, sizeof p->in - p->got);
    if (came < 0 && errno == EAGAIN) return;
    if (came <= 0) return forget(p);
    p->got += came;
    if (p->place >= 0) return take(p);

    uint8_t *end = memmem(p->in, p->got, "\r\n\r\n", 4);
    if (!end) return;
    p->got = 0;                         /* nothing is sent before the answer */
    p->place = count;
    all[count++] = p;
    send_to(p, (const uint8_t *)WELCOME, sizeof WELCOME - 1);
}

static void welcome(int door)
{
    int fd, on = 1;
    while ((fd = accept4(door, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        struct peer *p = count < MOST ? calloc(1, sizeof *p) : NULL;
        if (!p) { close(fd); continue; }
        p->fd = fd;
        p->place = -1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        watch(p, EPOLLIN, EPOLL_CTL_ADD);
    }
}

int main(int argc, char **argv)
{
    int on = 1, door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (argc != 2) return 2;
    here.sin_port = htons(atoi(argv[1]));
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(door, (void *)&here, sizeof here) || listen(door, 1024)) {
        perror("wall");
        return 1;
    }
    poller = epoll_create1(0);
    epoll_ctl(poller, EPOLL_CTL_ADD, door, &(struct epoll_event){ .events = EPOLLIN });
    for (;;) {
        struct epoll_event events[256];
        int many = epoll_wait(poller, events, 256, -1);
        for (int i = 0; i < many; i++) {
            struct peer *p = events[i].data.ptr;
            if (!p) welcome(door);
            else if (events[i].events & EPOLLOUT && p->unsent) send_rest(p);
            if (p && events[i].events & ~EPOLLOUT) hear(p);
        }
    }
}
