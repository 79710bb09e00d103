"""Made the stored numbers of scoreImages.test.ts, with scikit-learn."""
from sklearn.metrics import f1_score, jaccard_score

predicted = [1, 1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 0]
reference = [1, 0, 0, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0]
print(f1_score(reference, predicted), jaccard_score(reference, predicted))
