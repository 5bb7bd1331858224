namespace CxrLab.Phantom;

/// <summary>
/// One exposure under construction: planes [H·W] of what the ray to each pixel has crossed so far. Organs and findings write here;
/// the <see cref="Detector"/> reads.
/// </summary>
internal sealed class Scene
{
    /// <summary>Attenuation of soft tissue and blood per mm at the beam's mean energy (about 65 keV).</summary>
    public const float Tissue = 0.0198f;

    /// <summary>Attenuation of aerated lung per mm: a quarter of tissue's.</summary>
    public const float Lung = 0.26f * Tissue;

    /// <summary>What compact bone attenuates per mm beyond the tissue that it replaces.</summary>
    public const float Bone = 0.040f;

    public Scene(Field field, Anatomy anatomy, Pose pose, int patientSeed)
    {
        (Field, Anatomy, Pose, PatientSeed) = (field, anatomy, pose, patientSeed);
        int pixels = field.Size * field.Size;
        Attenuation = new float[pixels];
        BodyDepth = new float[pixels];
        LungDepth = new float[pixels];
        Vessels = new float[pixels];
        Heart = new float[pixels];
        LungMask = new bool[pixels];
        (Right, Left) = (new(-1, anatomy, pose), new(1, anatomy, pose));
    }

    public Field Field { get; }

    public Anatomy Anatomy { get; }

    public Pose Pose { get; }

    /// <summary>Seed of everything that stays the same on all images of the patient, such as the branching of his vessels.</summary>
    public int PatientSeed { get; }

    /// <summary>The patient's right lung (the picture's left).</summary>
    public LungShape Right { get; }

    /// <summary>The patient's left lung.</summary>
    public LungShape Left { get; }

    /// <summary>Line integral of attenuation, dimensionless, ≥ 0: −ln of the share of quanta that arrives.</summary>
    public float[] Attenuation { get; }

    /// <summary>Soft tissue from skin to skin, mm, cavities included; 0 beside the patient.</summary>
    public float[] BodyDepth { get; }

    /// <summary>Aerated lung that the ray still crosses, mm.</summary>
    public float[] LungDepth { get; }

    /// <summary>Line integral of the lung's vessels, kept apart because a collapsed lung takes its vessels with it.</summary>
    public float[] Vessels { get; }

    /// <summary>Coverage of the heart's shadow in [0, 1].</summary>
    public float[] Heart { get; }

    /// <summary>The lung fields as a reader draws them: without the part behind heart, mediastinum and diaphragm.</summary>
    public bool[] LungMask { get; }

    /// <summary>The lung of a side: −1 is the patient's right, 1 his left.</summary>
    public LungShape Shape(int side) => side < 0 ? Right : Left;

    /// <summary>
    /// Puts <paramref name="depth"/> mm of something in place of lung; where the ray crosses less lung than that, only as much:
    /// fluid under the diaphragm's shadow, or a nodule behind the heart, adds nothing.
    /// </summary>
    /// <param name="pixel">Index into the planes.</param>
    /// <param name="depth">mm along the ray.</param>
    /// <param name="density">Relative to soft tissue, which is 1.</param>
    public void Displace(int pixel, float depth, float density = 1)
    {
        float replaced = Math.Min(depth, LungDepth[pixel]);
        LungDepth[pixel] -= replaced;
        Attenuation[pixel] += replaced * (density * Tissue - Lung);
    }
}
