"""Writes losses.json: losses and pooling by their formulas, in NumPy's float64 and one cell after the other, so that nothing is shared with CxrLab.

    /usr/bin/python3 losses_oracle.py > losses.json

Sources: the papers named in CxrLab's XML docs. Where PyTorch is installed, its own functions are asked too and must agree.
"""
import json
from math import exp, inf, log, sqrt

import numpy as np

rng = np.random.default_rng(20)
r = lambda array, digits=3: np.round(array, digits)


def sigmoid(x): return 1 / (1 + exp(-x))


def ln_yes(x): return -np.logaddexp(0, -x)   # ln p


def ln_no(x): return -np.logaddexp(0, x)     # ln (1 - p)


def reduce(cost, known):
    cost, known = np.asarray(cost, float), np.asarray(known, float)
    cost = np.where(known > 0, cost, 0.0)
    return {'none': cost.ravel().tolist(), 'sum': float(cost.sum()), 'mean': float(cost.sum() / max(1.0, known.sum()))}


def cells(f, x, y, v): return reduce([[f(x[b, k], y[b, k], b, k) if v[b, k] else 0.0 for k in range(x.shape[1])] for b in range(x.shape[0])], v)


out = {}

# ---- cells [B, K] -------------------------------------------------------------------------------------------------------------------
B, K = 6, 4
x, y = r(rng.normal(0, 2.5, (B, K))), rng.integers(0, 2, (B, K)).astype(float)
v = (rng.random((B, K)) > 0.25).astype(float)
y[:, 3] = 0                                            # a finding without a positive
measured = r(rng.normal(0, 2, (B, K)))
ranks = rng.integers(0, 5, (B, K)).astype(float)
classes, three = rng.integers(0, 3, (B, K)).astype(float), r(rng.normal(0, 2, (B, 3 * K)))
coral = r(rng.normal(0, 2, (B, K, 4)))
theta = [-1.5, -0.2, 0.4, 2.0]
positives, negatives = [3, 40, 7, 1], [97, 60, 3, 999]
out['cells'] = {'x': x.tolist(), 'y': y.tolist(), 'valid': v.tolist(), 'measured': measured.tolist(), 'ranks': ranks.tolist(), 'classes': classes.tolist(),
                'three': three.tolist(), 'coral': coral.tolist(), 'theta': theta, 'positives': positives, 'negatives': negatives}
E = {}
bce = lambda z, t: -(t * ln_yes(z) + (1 - t) * ln_no(z))
E['bce'] = cells(lambda z, t, b, k: bce(z, t), x, y, v)
E['chexnet'] = cells(lambda z, t, b, k: -(negatives[k] * t * ln_yes(z) + positives[k] * (1 - t) * ln_no(z)) / (positives[k] + negatives[k]), x, y, v)
P, N = float((y * v).sum()), float(((1 - y) * v).sum())
E['wang'] = cells(lambda z, t, b, k: -((P + N) / P * t * ln_yes(z) + (P + N) / N * (1 - t) * ln_no(z)), x, y, v)
none = np.zeros_like(y)                                # no positive in the whole batch: that half is 0
E['wang, no positive'] = cells(lambda z, t, b, k: -ln_no(z), x, none, v)
pk, nk = (y * v).sum(0), ((1 - y) * v).sum(0)
E['balanced'] = cells(lambda z, t, b, k: 0.0 if pk[k] == 0 else -(nk[k] / pk[k] * t * ln_yes(z) + (1 - t) * ln_no(z)), x, y, v)
focal = lambda g, a: lambda z, t, b, k: -(a * t * (1 - sigmoid(z)) ** g * log(sigmoid(z)) + (1 - a) * (1 - t) * sigmoid(z) ** g * log(1 - sigmoid(z)))
E['focal'] = cells(focal(2, .25), x, y, v)
E['focal 1.5, 0.6'] = cells(focal(1.5, .6), x, y, v)
E['focal 0.5, none'] = cells(lambda z, t, b, k: 2 * focal(.5, .5)(z, t, b, k), x, y, v)


def asymmetric(gn, gp, m):
    def cost(z, t, b, k):
        p, q = sigmoid(z), max(sigmoid(z) - m, 0.0)
        return -(t * (1 - p) ** gp * log(p) + (1 - t) * (q ** gn * log(1 - q) if q > 0 else 0.0))
    return cost


E['asymmetric'] = cells(asymmetric(4, 1, .05), x, y, v)
E['asymmetric 2, 0, 0'] = cells(asymmetric(2, 0, 0), x, y, v)


def softmax_cost(z): return lambda c: log(sum(exp(a) for a in z)) - z[c]


E['u-multiclass'] = cells(lambda _, c, b, k: softmax_cost(three[b, 3 * k:3 * k + 3])(int(c)), x, classes, v)
E['squared'] = cells(lambda z, t, b, k: (z - t) ** 2, x, measured, v)
E['absolute'] = cells(lambda z, t, b, k: abs(z - t), x, measured, v)
E['huber 0.8'] = cells(lambda z, t, b, k: .5 * (z - t) ** 2 if abs(z - t) <= .8 else .8 * (abs(z - t) - .4), x, measured, v)
E['coral 5'] = cells(lambda _, t, b, k: sum(bce(coral[b, k, q], float(t > q)) for q in range(4)), x, ranks, v)


def cumulative(z, t, b, k):
    edges = [-inf, *theta, inf]
    below = lambda e: 0.0 if e == -inf else 1.0 if e == inf else sigmoid(e - z)
    return -log(below(edges[int(t) + 1]) - below(edges[int(t)]))


E['cumulative link'] = cells(cumulative, x, ranks, v)

# ---- maps [B, C, H, W] --------------------------------------------------------------------------------------------------------------
B, C, H, W = 3, 2, 4, 5
mx, my = r(rng.normal(0, 2, (B, C, H, W))), (rng.random((B, C, H, W)) > .6).astype(float)
my[1, 0] = 0                                           # an empty mask
mv = (rng.random((B, C, H, W)) > .2).astype(float)
mv[2, 1] = 0                                           # a mask of which nothing is known
mi = r(rng.normal(0, 1, (B, C, H, W)))
label, has = np.array([[1., 0], [1, 1], [0, 1]]), np.array([[1., 0], [0, 1], [0, 0]])
box = np.zeros((B, C, H, W))
box[:, :, 1:3, 2:4] = 1
lv = np.array([[1., 1], [1, 1], [0, 1]])
out['maps'] = {'shape': [B, C, H, W], 'x': mx.ravel().tolist(), 'y': my.ravel().tolist(), 'valid': mv.ravel().tolist(), 'image': mi.ravel().tolist(),
               'label': label.tolist(), 'has': has.tolist(), 'box': box.ravel().tolist(), 'known': lv.tolist()}
p = 1 / (1 + np.exp(-mx))


def areas(cost, batch=False, joined=False, square=False):
    """cost(both, predicted, target) of each image and channel, or of each channel over the batch; or of all channels at once."""
    q, g = p * mv, my * mv
    power = (lambda a: a * a) if square else (lambda a: a)
    axes = (0, 2, 3) if batch else (2, 3)
    both, one, two, any_ = (q * g).sum(axes), power(q).sum(axes), power(g).sum(axes), mv.max(axes)
    if joined:
        if batch: return reduce([cost(both, one, two)], [any_.max()])
        return reduce([cost(both[b], one[b], two[b]) for b in range(B)], any_.max(1))
    flat = [cost(*t) for t in zip(both.ravel(), one.ravel(), two.ravel())]
    return reduce(flat, any_.ravel())


e = 1e-5
dice = lambda nr=e, dr=e: lambda both, one, two: 1 - (2 * both + nr) / (one + two + dr)
E['dice squared'] = areas(dice(), square=True)
E['dice plain'] = areas(dice())
E['dice squared of the batch'] = areas(dice(), batch=True, square=True)
E['dice plain, 0.5 and 2'] = areas(dice(.5, 2))
E['jaccard'] = areas(lambda both, one, two: 1 - (2 * both + e) / (2 * (one + two - both) + e))
tversky = lambda a, b: lambda both, one, two: 1 - (both + e) / (both + a * (one - both) + b * (two - both) + e)
E['tversky'] = areas(tversky(.3, .7))
E['tversky 0.6, 0.4 of the batch'] = areas(tversky(.6, .4), batch=True)


def generalised(weigh):
    def cost(both, one, two):
        w = np.array([weigh(a) if a > 0 else 0.0 for a in two])
        w = np.where(two > 0, w, w.max())
        return 1 - (2 * (w * both).sum() + e) / ((w * (one + two)).sum() + e)
    return cost


E['generalised dice'] = areas(generalised(lambda a: 1 / a ** 2), joined=True)
E['generalised dice simple'] = areas(generalised(lambda a: 1 / a), joined=True)
E['generalised dice of the batch'] = areas(generalised(lambda a: 1 / a ** 2), joined=True, batch=True)
pixels = -(my * -np.logaddexp(0, -mx) + (1 - my) * -np.logaddexp(0, mx)) * mv
mean = pixels.sum((2, 3)) / np.maximum(1, mv.sum((2, 3)))
d = np.array(E['dice squared']['none']).reshape(B, C)
E['bce and dice'] = reduce(mean + d, mv.max((2, 3)))
E['bce and dice 0.7, 1.3'] = reduce(.7 * mean + 1.3 * d, mv.max((2, 3)))
E['bce of maps'] = reduce(pixels, mv)
E['boxes'] = reduce([[sum(bce(z, t) for z, t in zip(mx[b, c].ravel(), box[b, c].ravel())) for c in range(C)] for b in range(B)], lv)
E['boxes, mean'] = reduce(np.array(E['boxes']['none']).reshape(B, C) / (H * W), lv)


def mil(floor=0.0, boxes=False, term='product', weight=5):
    cost = np.zeros((B, C))
    for b in range(B):
        for c in range(C):
            q = p[b, c].ravel()
            up = lambda a: floor + (1 - floor) * a      # [0, 1] → [floor, 1]
            nobody = np.prod([up(1 - a) for a in q])
            cost[b, c] = -(label[b, c] * log(1 - nobody) + (1 - label[b, c]) * log(nobody))
            if boxes and has[b, c]:
                inside = box[b, c].ravel()
                if term == 'product': cost[b, c] = -weight * sum(log(up(a)) if i else log(up(1 - a)) for a, i in zip(q, inside))
                else: cost[b, c] = weight * sum(bce(z, i) for z, i in zip(mx[b, c].ravel(), inside))
    return reduce(cost, lv)


E['mil'] = mil()
E['mil, floor 0.98'] = mil(.98)
E['mil with boxes'] = mil(boxes=True)
E['mil with boxes, floor 0.9'] = mil(.9, boxes=True)
E['mil with boxes, pixels'] = mil(boxes=True, term='pixels')
seen = mv.sum((1, 2, 3))
E['consistency'] = reduce((((mx - mi) ** 2) * mv).sum((1, 2, 3)) / np.maximum(1, seen), (seen > 0).astype(float))
phi = lambda a: np.tanh(a)
gap = ((phi(mx) - phi(mi)) ** 2).sum((1, 2, 3))
E['perceptual'] = reduce(gap / (C * H * W), np.ones(B))
E['perceptual, root'] = reduce(np.sqrt(gap) / (C * H * W), np.ones(B))
out['losses'] = E

# ---- pooling [B, D, h, w] -----------------------------------------------------------------------------------------------------------
B, D, K, H, W = 2, 3, 2, 3, 4
f = r(np.maximum(rng.normal(.3, 1, (B, D, H, W)), 0))
dark = r(rng.normal(-300, 20, (B, D, H, W)))           # every value far below 0: a sum of plain exponentials would be 0
w, bias = r(rng.normal(0, .8, (K, D))), r(rng.normal(0, .5, K))
beta = .7
hidden = 4
V, Vb, U, Ub, S = (r(rng.normal(0, .7, s)) for s in ((hidden, D), (hidden,), (hidden, D), (hidden,), (K, hidden)))
out['features'] = {'shape': [B, D, H, W], 'f': f.ravel().tolist(), 'dark': dark.ravel().tolist(), 'w': w.tolist(), 'b': bias.tolist(), 'beta': beta,
                   'V': V.tolist(), 'Vb': Vb.tolist(), 'U': U.tolist(), 'Ub': Ub.tolist(), 'S': S.tolist()}


def lse(a, s):
    a = np.asarray(a, float).ravel()
    return a.max() + log(np.mean(np.exp(s * (a - a.max())))) / s


flat, Z = f.reshape(B, D, -1), np.einsum('kd,bdhw->bkhw', w, f) + bias[None, :, None, None]
score = lambda pooled: (pooled @ w.T + bias).ravel().tolist()    # [B, D] → [B, K]
per = lambda fn, a=None: np.array([[fn((f if a is None else a)[b, d]) for d in range(D)] for b in range(B)])
Q = {
    'avg': score(flat.mean(-1)), 'max': score(flat.max(-1)),
    'lse 10': score(per(lambda a: lse(a, 10))), 'lse 0.5': score(per(lambda a: lse(a, .5))),
    'exp': score(per(lambda a: float((a * np.exp(a) / np.exp(a).sum()).sum()))),
    'linear': score(per(lambda a: float((a ** 2).sum() / a.sum()))),
    'lse of dark 10': [lse(dark[b, d], 10) for b in range(B) for d in range(D)],
    'lse of dark 0.5': [lse(dark[b, d], .5) for b in range(B) for d in range(D)],
}
logit = lambda a: log(a / (1 - a))
Q['lse-lba 5'] = [logit(lse(1 / (1 + np.exp(-Z[b, k])), 5 + exp(beta))) for b in range(B) for k in range(K)]
nobody = lambda z: np.prod(1 / (1 + np.exp(z)))       # not 1 - σ(z), which loses digits where σ(z) is nearly 1
Q['noisy-or'] = [np.log1p(-nobody(Z[b, k])) - log(nobody(Z[b, k])) for b in range(B) for k in range(K)]
pcam = []
for b in range(B):
    for k in range(K):
        a = 1 / (1 + np.exp(-Z[b, k]))
        a = a / a.sum()
        pcam.append(float((f[b] * a).sum((1, 2)) @ w[k] + bias[k]))
Q['pcam'] = pcam
attended = []
for b in range(B):
    g = f[b].reshape(D, -1)
    s = S @ (np.tanh(V @ g + Vb[:, None]) / (1 + np.exp(-(U @ g + Ub[:, None]))))
    a = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    attended += [float((g @ a[k]) @ w[k] + bias[k]) for k in range(K)]
Q['attention'] = attended
out['heads'] = {k: [float(t) for t in value] for k, value in Q.items()}

try:
    import torch
    import torch.nn.functional as F
    t = lambda a: torch.tensor(a, dtype=torch.float64)
    same = lambda name, value, how='mean': np.testing.assert_allclose(E[name][how], value.item(), rtol=1e-12)
    m = t(v) > 0
    same('bce', F.binary_cross_entropy_with_logits(t(x)[m], t(y)[m]))
    same('squared', F.mse_loss(t(x)[m], t(measured)[m]))
    same('absolute', F.l1_loss(t(x)[m], t(measured)[m]))
    same('huber 0.8', F.huber_loss(t(x)[m], t(measured)[m], delta=.8))
    same('u-multiclass', F.cross_entropy(t(three).reshape(-1, 3)[m.reshape(-1)], torch.tensor(classes, dtype=torch.int64)[m]))
    same('bce of maps', F.binary_cross_entropy_with_logits(t(mx)[t(mv) > 0], t(my)[t(mv) > 0]))
except ImportError:
    pass
print(json.dumps(out))
