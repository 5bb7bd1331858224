namespace CxrLab.Phantom;

/// <summary>Casts the lungs' vessels.</summary>
internal static class Vessels
{
    /// <summary>A vessel is cast with its sheath and the bronchus beside it.</summary>
    private const float Strength = 1.75f;

    public static void Add(Scene scene)
    {
        foreach (VesselPiece piece in VesselTree.Of(scene.Chest, scene.PatientSeed)) Cast(scene, piece);
        for (int i = 0; i < scene.Vessels.Length; i++) scene.Vessels[i] *= Profile.Smooth(0, 40, scene.LungDepthAt(i));
    }

    private static void Cast(Scene scene, VesselPiece piece)
    {
        Field field = scene.Field;
        float calibre = piece.Radius * scene.Anatomy.VesselCalibre;
        (float h0, float v0) = field.Project(piece.X0, piece.Y0, piece.Z0);
        (float h1, float v1) = field.Project(piece.X1, piece.Y1, piece.Z1);
        float drawn = Math.Max(calibre, 0.6f * field.MmPerPixel), dh = h1 - h0, dv = v1 - v0, flat2 = dh * dh + dv * dv;
        float dx = piece.X1 - piece.X0, dy = piece.Y1 - piece.Y0, dz = piece.Z1 - piece.Z0;
        // A vessel that runs along the ray casts a short, dense shadow.
        float oblique = Math.Min(2.2f, MathF.Sqrt((dx * dx + dy * dy + dz * dz) / Math.Max(flat2, 1e-6f)));
        float dense = Strength * 2 * calibre * (Scene.Tissue - Scene.Lung) * calibre / drawn * oblique;
        (int left, int top, int right, int bottom) = field.Around(h0, v0, h1, v1, drawn);
        for (int row = top; row < bottom; row++)
        {
            for (int column = left; column < right; column++)
            {
                int i = row * field.Size + column;
                float ph = field.H[i] - h0, pv = field.V[i] - v0, t = Math.Clamp((ph * dh + pv * dv) / Math.Max(flat2, 1e-6f), 0, 1);
                float eh = ph - t * dh, ev = pv - t * dv, d2 = (eh * eh + ev * ev) / (drawn * drawn);
                // Pieces that follow each other overlap in one pixel; crossing vessels add up in part.
                if (d2 < 1) scene.Vessels[i] = Math.Max(scene.Vessels[i], 0.45f * scene.Vessels[i] + dense * Profile.Chord(d2));
            }
        }
    }
}
