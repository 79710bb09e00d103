"""Numbers that the TypeScript tests compare with; run with numpy, scipy and scikit-learn, its output is reference.json."""

import json

import numpy as np
from scipy import stats
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import Ridge
from sklearn.model_selection import LeaveOneOut, cross_val_predict

x = np.array([[-1.2, 0.3], [0.4, -0.9], [0.1, 1.4], [1.5, 0.2], [-0.8, -1.0]])
y = np.array([0.71, 0.84, 0.79, 0.92, 0.66])
asked = np.array([[0.5, 0.5]])

spd = np.array([[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 2.0]])
right = np.array([1.0, -2.0, 0.5])

# Ridge with an unpenalised intercept on columns that are not centred.
ridge = Ridge(alpha=3.0).fit(x, y)


leave_one_out = cross_val_predict(Ridge(alpha=3.0), x, y, cv=LeaveOneOut())

# The error model: level .08, tilt .05 over these shapes, roughness .012, seed noise .025, conditioned on one probe.
shapes = np.array([-0.5, -0.2, 0.1, 0.6])
shared = 0.08**2 + 0.05**2 * np.outer(shapes, shapes)
own = 0.012**2 + 0.025**2
gain = shared[:3, 3] / (shared[3, 3] + own)
conditioned = shared[:3, :3] - np.outer(gain, shared[3, :3]) + own * np.eye(3)


def average(values, variances, feature, asked_feature, typical, nothing):
    """Model averaging over "nothing" and one linear feature (its square is its kernel), written without Cholesky factors."""
    n = len(values)
    scale = np.sqrt(max(0.1 * typical**2, (max(0, np.sum(values**2 - variances)) + 2 * typical**2) / (n + 2)))
    z = (feature - feature.mean()) / feature.std(ddof=1)
    z_asked = (asked_feature - feature.mean()) / feature.std(ddof=1)
    log_weights, means = [], []
    for step in (0.6, 1, 1.6):
        between = (step * scale) ** 2
        c = np.diag(between + variances)
        log_weights.append(np.log(nothing) + stats.multivariate_normal(np.zeros(n), c).logpdf(values))
        means.append(0)
        for share in (0.3, 0.75):
            k = between * share
            c = k * np.outer(z, z) + np.diag(between * (1 - share) + variances)
            log_weights.append(np.log((1 - nothing) / 2) + stats.multivariate_normal(np.zeros(n), c).logpdf(values))
            means.append(k * z_asked * z @ np.linalg.inv(c) @ values)
    weights = np.exp(np.array(log_weights) - max(log_weights))
    return float(weights @ np.array(means) / weights.sum())


tilts = np.array([-0.04, 0.03, 0.01, 0.06, -0.05])
tilt_variances = np.array([4e-4, 4e-4, 9e-4, 4e-4, 2e-4])
entropies = np.array([5.1, 6.2, 6.0, 7.3, 4.8])

print(
    json.dumps(
        {
            "solve": np.linalg.solve(spd, right).tolist(),
            "logDensity": float(stats.multivariate_normal(np.zeros(3), spd).logpdf(right)),
            "ridge": float(ridge.predict(asked)[0]),
            "ridgeLeaveOneOutSquares": float(np.sum((y - leave_one_out) ** 2)),
            "isotonic": IsotonicRegression().fit_transform(np.arange(7), [0.7, 0.8, 0.75, 0.72, 0.9, 0.85, 0.95]).tolist(),
            "student": [[level, nu, float(stats.t.ppf((1 + level) / 2, nu))] for level in (0.5, 0.9, 0.99) for nu in (1, 2, 3, 4, 7, 11, 30)],
            "modelAverage": average(tilts, tilt_variances, entropies, 6.8, 0.05, 0.3),
            "probeGain": gain.tolist(),
            "probeCovariance": conditioned.tolist(),
        },
    )
)
