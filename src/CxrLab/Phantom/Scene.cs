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
    public const float Lung = 0.25f * Tissue;

    /// <summary>What compact bone attenuates per mm beyond the tissue that it replaces.</summary>
    public const float Bone = 0.042f;

    public Scene(Field field, Chest chest, int patientSeed)
    {
        (Field, Chest, PatientSeed) = (field, chest, patientSeed);
        int pixels = field.Size * field.Size;
        Attenuation = new float[pixels];
        BodyDepth = new float[pixels];
        (RightDepth, LeftDepth) = (new float[pixels], new float[pixels]);
        Vessels = new float[pixels];
        Heart = new float[pixels];
        Covered = new bool[pixels];
    }

    public Field Field { get; }

    public Chest Chest { get; }

    public Anatomy Anatomy => Chest.Anatomy;

    public Pose Pose => Chest.Pose;

    /// <summary>Seed of everything that stays the same on all images of the patient, such as the branching of his vessels.</summary>
    public int PatientSeed { get; }

    /// <summary>Line integral of attenuation, dimensionless, ≥ 0: −ln of the share of quanta that arrives.</summary>
    public float[] Attenuation { get; }

    /// <summary>Soft tissue from skin to skin, mm, cavities included; 0 beside the patient.</summary>
    public float[] BodyDepth { get; }

    /// <summary>Aerated right lung that the ray still crosses, mm.</summary>
    public float[] RightDepth { get; }

    /// <summary>Aerated left lung that the ray still crosses, mm.</summary>
    public float[] LeftDepth { get; }

    /// <summary>Line integral of the lung's vessels, kept apart because a collapsed lung takes its vessels with it.</summary>
    public float[] Vessels { get; }

    /// <summary>Coverage of the heart's shadow in [0, 1].</summary>
    public float[] Heart { get; }

    /// <summary>Where heart, mediastinum or diaphragm cover the lungs in a frontal view: a reader's lung fields end there.</summary>
    public bool[] Covered { get; }

    /// <summary>Lung of a side: −1 is the patient's right, 1 his left.</summary>
    public float[] LungDepth(int side) => side < 0 ? RightDepth : LeftDepth;

    /// <summary>mm of both lungs along the ray.</summary>
    public float LungDepthAt(int pixel) => RightDepth[pixel] + LeftDepth[pixel];

    /// <summary>
    /// Puts <paramref name="depth"/> mm of something in place of a lung; where the ray crosses less lung than that, only as much:
    /// fluid under the diaphragm's shadow, or a nodule behind the heart, adds nothing.
    /// </summary>
    /// <param name="side">Which lung.</param>
    /// <param name="pixel">Index into the planes.</param>
    /// <param name="depth">mm along the ray.</param>
    /// <param name="density">Relative to soft tissue, which is 1.</param>
    public void Displace(int side, int pixel, float depth, float density = 1)
    {
        float[] lung = LungDepth(side);
        float replaced = Math.Min(depth, lung[pixel]);
        lung[pixel] -= replaced;
        Attenuation[pixel] += replaced * (density * Tissue - Lung);
    }

    /// <summary>Puts something between the lungs: it takes from both in proportion to what the ray crosses of each.</summary>
    public void DisplaceBoth(int pixel, float depth)
    {
        float share = RightDepth[pixel] / Math.Max(LungDepthAt(pixel), 1e-6f);
        Displace(-1, pixel, share * depth);
        Displace(1, pixel, (1 - share) * depth);
    }
}
