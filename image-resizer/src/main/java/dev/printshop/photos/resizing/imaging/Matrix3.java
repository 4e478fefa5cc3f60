package dev.printshop.photos.resizing.imaging;

/**
 * A matrix of three by three numbers.
 *
 * @param elements row by row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Matrix3(double... elements) {

    static Matrix3 ofColumns(double[] first, double[] second, double[] third) {
        return new Matrix3(first[0], second[0], third[0], first[1], second[1], third[1], first[2], second[2], third[2]);
    }

    static Matrix3 diagonal(double[] elements) {
        return new Matrix3(elements[0], 0, 0, 0, elements[1], 0, 0, 0, elements[2]);
    }

    Matrix3 times(Matrix3 other) {
        double[] product = new double[9];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                for (int i = 0; i < 3; i++) {
                    product[3 * row + column] += elements[3 * row + i] * other.elements[3 * i + column];
                }
            }
        }
        return new Matrix3(product);
    }

    double[] times(double... vector) {
        double[] product = new double[3];
        for (int row = 0; row < 3; row++) {
            for (int i = 0; i < 3; i++) {
                product[row] += elements[3 * row + i] * vector[i];
            }
        }
        return product;
    }

    /** The inverse; its elements aren't finite when there is none. */
    Matrix3 inverse() {
        double[] e = elements;
        double[] cofactors = {
            e[4] * e[8] - e[5] * e[7], e[2] * e[7] - e[1] * e[8], e[1] * e[5] - e[2] * e[4],
            e[5] * e[6] - e[3] * e[8], e[0] * e[8] - e[2] * e[6], e[2] * e[3] - e[0] * e[5],
            e[3] * e[7] - e[4] * e[6], e[1] * e[6] - e[0] * e[7], e[0] * e[4] - e[1] * e[3]
        };
        double determinant = e[0] * cofactors[0] + e[1] * cofactors[3] + e[2] * cofactors[6];
        for (int i = 0; i < 9; i++) {
            cofactors[i] /= determinant;
        }
        return new Matrix3(cofactors);
    }

    /** Whether all elements are in the range of primaries' colours. */
    boolean isReasonable() {
        for (double element : elements) {
            if (!(Math.abs(element) < 16)) {
                return false;
            }
        }
        return true;
    }
}
